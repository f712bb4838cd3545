package io.motorwatch.source.decode;

import io.motorwatch.model.Attributes;
import io.motorwatch.model.AttributesReport;
import io.motorwatch.model.DeviceEvent;
import io.motorwatch.model.DeviceId;
import io.motorwatch.model.Reading;
import io.motorwatch.model.RejectReason;
import io.motorwatch.model.Rejection;
import io.motorwatch.model.StatusReport;
import io.motorwatch.model.UnusableValues;
import io.motorwatch.model.UnusableValues.Member;
import io.motorwatch.source.mqtt.MqttMessage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Turns MQTT messages into device events, rejections and pattern documents. A pure function of the
 * message, but that what a device sends beside its readings is not reported more than once a
 * minute; never throws. Keeps caches: for one thread.
 */
public final class MessageDecoder {

  /** Where pattern files are published, retained. */
  public static final String PATTERNS_TOPIC = "motorwatch/patterns";

  /** Where the job says, retained, what became of the newest pattern file. */
  public static final String PATTERNS_STATUS_TOPIC = "motorwatch/patterns/status";

  /** Where people acknowledge alarms. */
  public static final String ACK_TOPIC = "motorwatch/ack";

  /** Where people shelve patterns of a device. */
  public static final String SHELVE_TOPIC = "motorwatch/shelve";

  public static final int DEFAULT_MAX_PAYLOAD_BYTES = 256 * 1024;

  /** Messages of our own to ourselves, which a wide topic template covers too. */
  public static final String PROBE_TOPICS = "motorwatch/probe/";

  private static final String RETAINED =
      "retained by the broker from an unknown past; readings are taken as they are published:"
          + " publish telemetry without the retain flag";

  /** Takes what a message holds: nothing, one thing, or several from an array. */
  public interface Output {

    void event(DeviceEvent event);

    void rejected(Rejection rejection);

    /**
     * So many values of readings, or things beside them, were not taken; not reported otherwise.
     */
    void dropped(int values);

    /** A whole pattern file, as published; not checked. */
    void patterns(String document);
  }

  private final TopicIndex topics;
  private final SignatureVerifier verifier;
  private final int maxPayloadBytes;
  private final ReadingParser readings = new ReadingParser();
  private final ReportThrottle repeats = new ReportThrottle();

  /**
   * Makes a decoder.
   *
   * @param templates tried in order
   * @param maxPayloadBytes larger payloads are rejected as too large
   */
  public MessageDecoder(
      List<TopicTemplate> templates, SignatureVerifier verifier, int maxPayloadBytes) {
    this.topics = new TopicIndex(List.copyOf(templates));
    this.verifier = verifier;
    this.maxPayloadBytes = maxPayloadBytes;
  }

  /** Decodes one message into the given collector. */
  public void decode(MqttMessage message, Output out) {
    DeviceTopic topic = topics.find(message.topic());
    if (topic != null && toDevice(topic.kind())) {
      return;
    }
    if (isOwnAnswer(message.topic())) {
      return;
    }
    try {
      if (message.payload().length > maxPayloadBytes) {
        throw new BadPayloadException(
            RejectReason.TOO_LARGE,
            "the payload has more than the %,d bytes allowed".formatted(maxPayloadBytes));
      }
      if (message.topic().equals(PATTERNS_TOPIC)) {
        patterns(message, out);
      } else if (message.topic().equals(ACK_TOPIC)) {
        out.event(
            AlarmRequestParser.acknowledgement(
                message.payload(), message.arrivedAt(), passedOver(topic, message, out)));
      } else if (message.topic().equals(SHELVE_TOPIC)) {
        out.event(
            AlarmRequestParser.shelving(
                message.payload(), message.arrivedAt(), passedOver(topic, message, out)));
      } else if (topic == null) {
        throw new BadPayloadException(
            RejectReason.UNKNOWN_TOPIC, "the topic fits none of the configured templates");
      } else if (topic.kind() == DeviceTopic.Kind.OTHER) {
        throw new BadPayloadException(
            RejectReason.UNKNOWN_TOPIC,
            "below a device are telemetry, status and attributes, no other topics");
      } else {
        device(message, topic, out);
      }
    } catch (BadPayloadException e) {
      out.rejected(rejection(e.reason(), e.detail(), topic, message));
    }
  }

  /** Ours, by name: a plant may well be called motorwatch, and publish below that. */
  private static boolean isOwnAnswer(String topic) {
    return topic.equals(PATTERNS_STATUS_TOPIC) || topic.startsWith(PROBE_TOPICS);
  }

  /** Whether it is for a device, from this system or others: not for us. */
  private static boolean toDevice(DeviceTopic.Kind kind) {
    return kind == DeviceTopic.Kind.ALERT || kind == DeviceTopic.Kind.COMMAND;
  }

  private static void patterns(MqttMessage message, Output out) {
    // Empty: the retained document was withdrawn; the set in force stays so.
    if (message.payload().length > 0) {
      out.patterns(new String(message.payload(), StandardCharsets.UTF_8));
    }
  }

  private void device(MqttMessage message, DeviceTopic topic, Output out)
      throws BadPayloadException {
    DeviceId device = topic.device();
    byte[] payload = verified(message, device);
    switch (topic.kind()) {
      case TELEMETRY -> telemetry(message, payload, topic, out);
      case STATUS -> {
        // Empty: a retained status was withdrawn, which says nothing about the device.
        if (payload.length > 0) {
          boolean online = online(payload, passedOver(topic, message, out));
          out.event(new StatusReport(device, online, !message.retained(), message.arrivedAt()));
        }
      }
      case ATTRIBUTES ->
          out.event(
              new AttributesReport(
                  device,
                  AttributesParser.parse(payload, passedOver(topic, message, out)),
                  message.arrivedAt()));
      case ALERT, COMMAND, OTHER -> throw new IllegalStateException("handled before: " + topic);
    }
  }

  /**
   * Reads {@code {"status":"online"}} or {@code {"status":"offline"}}; other members do no harm.
   */
  private static boolean online(byte[] payload, Consumer<String> passedOver)
      throws BadPayloadException {
    String status = JsonObjects.texts(payload, "status", passedOver).getOrDefault("status", "");
    return switch (status) {
      case "online" -> true;
      case "offline" -> false;
      default ->
          throw BadPayloadException.malformed("\"status\" must be \"online\" or \"offline\"");
    };
  }

  private void telemetry(MqttMessage message, byte[] payload, DeviceTopic topic, Output out) {
    if (message.retained()) {
      // The session has had it when it was published, or it was published before all sessions.
      out.rejected(rejection(RejectReason.REPLAYED, RETAINED, topic, message));
      return;
    }
    readings.parse(
        payload,
        topic.device(),
        message.arrivedAt(),
        new ReadingParser.Output() {
          @Override
          public void reading(Reading reading) {
            out.event(message.redelivered() ? reading.asRedelivered() : reading);
          }

          @Override
          public void unusable(long timestamp, List<Member> members) {
            if (repeats.isNew(topic.device(), members, message.arrivedAt())) {
              out.event(
                  new UnusableValues(
                      topic.device(),
                      message.topic(),
                      timestamp,
                      members,
                      Rejection.excerpt(message.payload()),
                      Attributes.NONE,
                      message.arrivedAt()));
            }
          }

          @Override
          public void dropped(int values) {
            out.dropped(values);
          }

          @Override
          public void passedOver(String detail) {
            MessageDecoder.this.passedOver(topic, message, out).accept(detail);
          }

          @Override
          public void rejected(RejectReason reason, String detail) {
            out.rejected(rejection(reason, detail, topic, message));
          }
        });
  }

  /** Takes what is beside something that was taken: reported once a minute. */
  private Consumer<String> passedOver(
      @Nullable DeviceTopic topic, MqttMessage message, Output out) {
    return detail -> {
      DeviceId device = topic == null ? ReportThrottle.NOBODY : topic.device();
      if (repeats.isNew(device, detail, message.arrivedAt())) {
        out.rejected(rejection(RejectReason.MALFORMED, detail, topic, message));
      } else {
        out.dropped(1);
      }
    };
  }

  /** The payload proper, taken out of its envelope where it is in one. */
  private byte[] verified(MqttMessage message, DeviceId device) throws BadPayloadException {
    SignedEnvelope envelope = SignedEnvelope.open(message.payload());
    byte[] inner = envelope == null ? message.payload() : envelope.data();
    // A property signs the payload as sent, and goes before an envelope's own signature.
    boolean byEnvelope = message.hmac() == null && envelope != null;
    byte[] signed = byEnvelope ? inner : message.payload();
    String signature = byEnvelope ? envelope.signature() : message.hmac();
    return switch (verifier.verify(message.topic(), device, signed, signature)) {
      case ACCEPTED -> inner;
      case UNSIGNED ->
          throw new BadPayloadException(
              RejectReason.SIGNATURE, "the message is not signed, but its device has a key");
      case WRONG ->
          throw new BadPayloadException(
              RejectReason.SIGNATURE, "the signature does not fit topic, payload and key");
    };
  }

  private static Rejection rejection(
      RejectReason reason, String detail, @Nullable DeviceTopic topic, MqttMessage message) {
    return new Rejection(
        reason,
        topic == null ? DeviceId.DEFAULT_SITE : topic.device().site(),
        topic == null ? "" : topic.device().device(),
        message.topic(),
        detail,
        Rejection.excerpt(message.payload()),
        message.arrivedAt());
  }
}
