package io.motorwatch.source.mqtt;

import io.motorwatch.mqtt.BrokerAddress;
import io.motorwatch.mqtt.MqttVersion;
import io.motorwatch.mqtt.TopicFilters;
import io.motorwatch.source.mqtt.journal.JournalOptions;
import io.motorwatch.source.mqtt.reader.AckOptions;
import io.motorwatch.source.mqtt.reader.ReconnectPolicy;
import io.motorwatch.source.mqtt.reader.SessionOptions;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Builds an {@link MqttSource}. Required are {@link #broker}, {@link #clientIdPrefix} and at least
 * one filter. Every method throws IllegalArgumentException on a value out of range.
 */
public final class MqttSourceBuilder {

  /**
   * The largest Receive Maximum. 65,535 is the protocol's default, which clients do not send, and
   * brokers then take a small default of their own.
   */
  public static final int MAX_RECEIVE_MAXIMUM = 65_534;

  /** The largest there is: a session carries at most so many messages each checkpoint interval. */
  public static final int DEFAULT_RECEIVE_MAXIMUM = MAX_RECEIVE_MAXIMUM;

  public static final int DEFAULT_MAX_PAYLOAD_BYTES = 256 * 1024;

  private static final Pattern PREFIX = Pattern.compile("[^/+#\\s\\p{Cntrl}]{1,200}");

  private @Nullable BrokerAddress broker;
  private @Nullable String clientIdPrefix;
  private MqttVersion mqttVersion = MqttVersion.AUTO;
  private List<String> telemetryFilters = List.of();
  private List<String> retainedFilters = List.of();
  private List<String> mixedFilters = List.of();
  private List<String> retainedAmongMixed = List.of();
  private int sessions = 1;
  private int receiveMaximum = DEFAULT_RECEIVE_MAXIMUM;
  private Duration sessionExpiry = Duration.ofDays(7);
  private Duration keepAlive = Duration.ofSeconds(30);
  private AckMode ackMode = AckMode.CHECKPOINT;
  private @Nullable JournalOptions journal;
  private List<String> timedByArrival = List.of();
  private ReconnectPolicy reconnect = ReconnectPolicy.DEFAULT;
  private int maxQos = 1;
  private int maxPayloadBytes = DEFAULT_MAX_PAYLOAD_BYTES;

  private MqttSourceBuilder() {}

  static MqttSourceBuilder create() {
    return new MqttSourceBuilder();
  }

  /** By TCP, TLS or WebSocket. A WebSocket address without a path is taken to mean /mqtt. */
  public MqttSourceBuilder broker(BrokerAddress broker) {
    this.broker = Objects.requireNonNull(broker);
    return this;
  }

  /**
   * Which versions of MQTT to speak; default {@link MqttVersion#AUTO}. With 3.1.1 there is no
   * Receive Maximum nor session expiry to ask for: the broker's own limit of messages in flight
   * bounds the rate, and its own expiry how long a session is kept. There are no signatures in user
   * properties, and retained messages come for every filter, marked as such.
   */
  public MqttSourceBuilder mqttVersion(MqttVersion version) {
    this.mqttVersion = Objects.requireNonNull(version);
    return this;
  }

  /**
   * The beginning of every session's client id, and the name of the shared subscription's group: 1
   * to 200 characters, no {@code /}, {@code +}, {@code #} or white space. No two deployments on a
   * broker may have the same.
   */
  public MqttSourceBuilder clientIdPrefix(String prefix) {
    require(
        PREFIX.matcher(prefix).matches(),
        "client-id prefix '" + prefix + "': 1 to 200 characters, none of / + # or white space");
    this.clientIdPrefix = prefix;
    return this;
  }

  /** MQTT filters of live messages; retained ones are not asked for. */
  public MqttSourceBuilder telemetryFilters(List<String> filters) {
    this.telemetryFilters = checked(filters);
    return this;
  }

  /**
   * MQTT filters of messages that are read retained and live, in session 0. At every start of the
   * job their retained messages come again. Should not overlap with the telemetry filters.
   */
  public MqttSourceBuilder retainedFilters(List<String> filters) {
    this.retainedFilters = checked(filters);
    return this;
  }

  /**
   * MQTT filters each of which covers live and retained topics, such as {@code plant/+/+}. A single
   * session subscribes to just these, and gets what is retained there at every start. Several share
   * them, which brings no retained messages: then session 0 subscribes to {@code retainedAmong}
   * too, whose live messages so come a second time in sessions that share them.
   *
   * @param retainedAmong the filters of the topics among them whose retained messages are wanted
   */
  public MqttSourceBuilder mixedFilters(List<String> filters, List<String> retainedAmong) {
    this.mixedFilters = checked(filters);
    this.retainedAmongMixed = checked(retainedAmong);
    return this;
  }

  private static List<String> checked(List<String> filters) {
    for (String filter : filters) {
      TopicFilters.check(filter);
      require(!filter.startsWith("$share/"), "'" + filter + "': sessions share by themselves");
    }
    return List.copyOf(filters);
  }

  /** Broker sessions, 1 to 1,000; more than one share the telemetry subscription. Default 1. */
  public MqttSourceBuilder sessions(int sessions) {
    require(sessions >= 1 && sessions <= 1000, "sessions: 1 to 1000, not " + sessions);
    this.sessions = sessions;
    return this;
  }

  /**
   * Unacknowledged messages the broker may send ahead in each session, 1 to {@value
   * #MAX_RECEIVE_MAXIMUM}. Default {@value #DEFAULT_RECEIVE_MAXIMUM}.
   */
  public MqttSourceBuilder receiveMaximum(int receiveMaximum) {
    require(
        receiveMaximum >= 1 && receiveMaximum <= MAX_RECEIVE_MAXIMUM,
        "receive maximum: 1 to " + MAX_RECEIVE_MAXIMUM + ", not " + receiveMaximum);
    this.receiveMaximum = receiveMaximum;
    return this;
  }

  /**
   * How long the broker keeps a session, and what comes for it, while the job is away: 1 s to about
   * 136 years. Default 7 days.
   */
  public MqttSourceBuilder sessionExpiry(Duration sessionExpiry) {
    require(
        sessionExpiry.toSeconds() >= 1 && sessionExpiry.toSeconds() <= 0xFFFF_FFFFL,
        "session expiry: 1 s to 4294967295 s, not " + sessionExpiry);
    this.sessionExpiry = sessionExpiry;
    return this;
  }

  /**
   * The most quality of service to subscribe with, 0 to 2; a message comes with the lower of this
   * and what it was published with. Default 1. With 2 a message is acknowledged (PUBREC) on
   * checkpoint just as with 1, at twice the packets: it spares the repetitions between the client
   * and a broker that does not fail, and nothing else. With 0 nothing is held for a job that is
   * away.
   */
  public MqttSourceBuilder maxQos(int qos) {
    require(qos >= 0 && qos <= 2, "QoS: 0, 1 or 2, not " + qos);
    this.maxQos = qos;
    return this;
  }

  /** 1 s to 65,535 s. Default 30 s. */
  public MqttSourceBuilder keepAlive(Duration keepAlive) {
    require(
        keepAlive.toSeconds() >= 1 && keepAlive.toSeconds() <= 65_535,
        "keep-alive: 1 s to 65535 s, not " + keepAlive);
    this.keepAlive = keepAlive;
    return this;
  }

  /** When messages are acknowledged. Default {@link AckMode#CHECKPOINT}. */
  public MqttSourceBuilder ackMode(AckMode ackMode) {
    this.ackMode = Objects.requireNonNull(ackMode);
    return this;
  }

  /**
   * Where {@link AckMode#JOURNAL}, which needs it, keeps the sessions' journals. With another mode
   * a journal that is there from before is replayed, and removed once checkpoints have all of it.
   */
  public MqttSourceBuilder journal(JournalOptions journal) {
    this.journal = Objects.requireNonNull(journal);
    return this;
  }

  /**
   * MQTT filters of the topics whose messages take their time from {@link MqttMessage#arrivedAt}.
   * With {@link AckMode#JOURNAL} they are handed on only once they are durable, which takes a flush
   * longer, and with them what comes behind them in their session: a message that was handed on
   * then always has the same arrival, whatever fails. While the journal cannot be written they do
   * not wait. With another mode what is received again after a failure has the time of that.
   * Default none.
   */
  public MqttSourceBuilder timedByArrival(List<String> filters) {
    this.timedByArrival = checked(filters);
    return this;
  }

  /**
   * The pause before the first attempt to reconnect, and the longest; each is shortened by up to
   * half at random. Default 1 s and 30 s.
   */
  public MqttSourceBuilder reconnectBackoff(Duration min, Duration max) {
    require(
        min.toMillis() >= 1 && min.compareTo(max) <= 0,
        "reconnect backoff: from 1 ms up, the shortest first, not " + min + ", " + max);
    this.reconnect = new ReconnectPolicy(min, max, reconnect.giveUpAfter());
    return this;
  }

  /** How long without a connection until the task fails. Default 5 minutes. */
  public MqttSourceBuilder giveUpAfter(Duration giveUpAfter) {
    require(!giveUpAfter.isNegative(), "give up after: not negative");
    this.reconnect =
        new ReconnectPolicy(reconnect.backoffMin(), reconnect.backoffMax(), giveUpAfter);
    return this;
  }

  /**
   * Longer payloads are cut to one byte more than this, so that a flood of huge messages cannot
   * fill the memory and a decoder still recognises them; 1 KiB to 16 MiB. Default 256 KiB.
   */
  public MqttSourceBuilder maxPayloadBytes(int maxPayloadBytes) {
    require(
        maxPayloadBytes >= 1024 && maxPayloadBytes <= 16 * 1024 * 1024,
        "maximum payload: 1 KiB to 16 MiB, not " + maxPayloadBytes);
    this.maxPayloadBytes = maxPayloadBytes;
    return this;
  }

  /**
   * The source; the builder can be used again.
   *
   * @throws IllegalStateException if something required is missing
   */
  public MqttSource build() {
    if (broker == null || clientIdPrefix == null) {
      throw new IllegalStateException("an MQTT source needs a broker and a client-id prefix");
    }
    boolean shareable = !telemetryFilters.isEmpty() || !mixedFilters.isEmpty();
    if (!shareable && retainedFilters.isEmpty()) {
      throw new IllegalStateException("an MQTT source needs at least one filter");
    }
    if (!shareable && sessions > 1) {
      throw new IllegalStateException("several sessions need telemetry filters to share");
    }
    if (ackMode == AckMode.JOURNAL && journal == null) {
      throw new IllegalStateException("AckMode.JOURNAL needs a folder for the journal");
    }
    return new MqttSource(
        new SessionOptions(
            broker,
            mqttVersion,
            receiveMaximum,
            sessionExpiry,
            keepAlive,
            new AckOptions(ackMode, journal, timedByArrival),
            reconnect,
            maxQos,
            maxPayloadBytes),
        new SubscriptionPlan(
            clientIdPrefix,
            sessions,
            telemetryFilters,
            retainedFilters,
            mixedFilters,
            retainedAmongMixed));
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
