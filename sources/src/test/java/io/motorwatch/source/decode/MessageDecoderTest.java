package io.motorwatch.source.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.motorwatch.model.Attributes;
import io.motorwatch.model.AttributesReport;
import io.motorwatch.model.DeviceId;
import io.motorwatch.model.RejectReason;
import io.motorwatch.model.Rejection;
import io.motorwatch.model.StatusReport;
import io.motorwatch.source.mqtt.MqttMessage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageDecoderTest {

  private static final DeviceId DEVICE = new DeviceId("a", "m-1");
  private static final String STATUS = "site/a/device/m-1/status";
  private static final String ATTRIBUTES = "site/a/device/m-1/attributes";

  @Test
  void readsStatus() {
    assertThat(Collected.of(STATUS, "{\"status\":\"online\"}").events)
        .containsExactly(new StatusReport(DEVICE, true, true, Collected.ARRIVED));
    assertThat(Collected.of(STATUS, "{\"since\":{\"a\":[1]},\"status\":\"offline\"}").events)
        .containsExactly(new StatusReport(DEVICE, false, true, Collected.ARRIVED));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{}", "{\"status\":1}", "{\"status\":\"idle\"}", "online", "[]", "{\"status\":"})
  void rejectsOtherStatus(String payload) {
    assertThat(Collected.of(STATUS, payload).rejections)
        .singleElement()
        .extracting(Rejection::reason)
        .isEqualTo(RejectReason.MALFORMED);
  }

  @Test
  void takesAWithdrawnStatusForNothing() {
    Collected collected = Collected.of(STATUS, "");
    assertThat(collected.events).isEmpty();
    assertThat(collected.rejections).isEmpty();
  }

  @Test
  void readsAttributes() {
    assertThat(
            Collected.of(
                    ATTRIBUTES,
                    "{\"ratedCurrent\":10.0,\"ex\":true,\"motorType\":\"pump\",\"counters\":[\"h\","
                        + "\"k\"],\"mixed\":[1,\"a\"],\"deep\":{\"x\":1},\"none\":null,\"nan\":NaN}")
                .events)
        .containsExactly(
            new AttributesReport(
                DEVICE,
                new Attributes(
                    Map.of("ratedCurrent", 10.0, "ex", 1.0),
                    Map.of(
                        "motorType",
                        "pump",
                        "mixed",
                        "[…]",
                        "deep",
                        "{…}",
                        "none",
                        "null",
                        "nan",
                        "NaN"),
                    Map.of("counters", List.of("h", "k"))),
                Collected.ARRIVED));
  }

  @Test
  void takesWithdrawnAttributesForNone() {
    assertThat(Collected.of(ATTRIBUTES, "").events)
        .containsExactly(new AttributesReport(DEVICE, Attributes.NONE, Collected.ARRIVED));
  }

  @Test
  void takesAttributesThatAreTextsOfNumbersForBoth() {
    assertThat(attributes("{\"ratedCurrent\":\" 5.0 \",\"serial\":\"0042\",\"x\":\"1e999\"}"))
        .isEqualTo(
            new Attributes(
                Map.of("ratedCurrent", 5.0),
                Map.of("ratedCurrent", " 5.0 ", "serial", "0042", "x", "1e999"),
                Map.of()));
  }

  @Test
  void aBadAttributeCostsNoOther() {
    Collected collected =
        Collected.of(ATTRIBUTES, "{\"ratedCurrent\":nan,\"ratedSpeed\":1480,\"poles\":+4}\0");
    assertThat(collected.events)
        .containsExactly(
            new AttributesReport(
                DEVICE,
                new Attributes(
                    Map.of("ratedSpeed", 1480.0),
                    Map.of("ratedCurrent", "nan", "poles", "+4"),
                    Map.of()),
                Collected.ARRIVED));
    assertThat(collected.details()).singleElement().asString().startsWith("NUL ");
  }

  @Test
  void takesTheFirst256AttributesAndSaysSo() {
    String members =
        IntStream.range(0, 300).mapToObj(i -> "\"a" + i + "\":1").collect(Collectors.joining(","));
    Collected collected = Collected.of(ATTRIBUTES, "{" + members + "}");
    assertThat(((AttributesReport) collected.events.get(0)).attributes().numbers()).hasSize(256);
    assertThat(collected.details())
        .containsExactly("300 attributes: only the first 256 were taken");
  }

  @ParameterizedTest
  @ValueSource(strings = {"motorwatch/{site}/{device}", "{site}/{device}", "motorwatch/{device}"})
  void aPlantMayBeCalledAsWeAreAndOnlyOurOwnAnswersArePassedOver(String template) {
    MessageDecoder decoder =
        new MessageDecoder(
            List.of(TopicTemplate.parse(template)),
            SignatureVerifier.NONE,
            MessageDecoder.DEFAULT_MAX_PAYLOAD_BYTES);
    String topic = template.replace("{site}", "motorwatch").replace("{device}", "m");
    String reading = "{\"ts\":1710000000000,\"a\":1}";
    assertThat(Collected.of(decoder, topic + "/telemetry", reading, null).readings()).hasSize(1);
    for (String own : List.of("motorwatch/patterns/status", "motorwatch/probe/x")) {
      Collected passedOver = Collected.of(decoder, own, "{\"state\":\"in-force\"}", null);
      assertThat(passedOver.events).isEmpty();
      assertThat(passedOver.rejections).isEmpty();
    }
  }

  @Test
  void aNameplateBehindANulCounts() {
    assertThat(attributes("\0{\"ratedCurrent\":5}").numbers()).containsEntry("ratedCurrent", 5.0);
  }

  @Test
  void aStatusThatEndsInNulCounts() {
    Collected collected = Collected.of(STATUS, "{\"status\":\"offline\"}\0");
    assertThat(collected.events)
        .containsExactly(new StatusReport(DEVICE, false, true, Collected.ARRIVED));
  }

  private static Attributes attributes(String payload) {
    return ((AttributesReport) Collected.of(ATTRIBUTES, payload).events.get(0)).attributes();
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "{\"a\":1", "{\"a\":1} x", "nonsense", "{\"a\":[\"b\""})
  void rejectsOtherAttributes(String payload) {
    assertThat(Collected.of(ATTRIBUTES, payload).rejections).hasSize(1);
  }

  @Test
  void passesPatternDocumentsOn() {
    assertThat(Collected.of(MessageDecoder.PATTERNS_TOPIC, "version: 7 # ü").documents)
        .containsExactly("version: 7 # ü");
    assertThat(Collected.of(MessageDecoder.PATTERNS_TOPIC, "").documents).isEmpty();
  }

  @Test
  void rejectsUnknownTopics() {
    assertThat(Collected.of("somewhere/else", "{\"ts\":1,\"a\":1}").rejections)
        .containsExactly(
            new Rejection(
                RejectReason.UNKNOWN_TOPIC,
                "default",
                "",
                "somewhere/else",
                "the topic fits none of the configured templates",
                "{\"ts\":1,\"a\":1}",
                Collected.ARRIVED));
  }

  @Test
  void rejectsUnknownTopicsBelowADeviceInItsName() {
    assertThat(Collected.of("site/a/device/m-1/telemtry", "{\"ts\":1,\"a\":1}").rejections)
        .singleElement()
        .satisfies(
            rejection -> {
              assertThat(rejection.reason()).isEqualTo(RejectReason.UNKNOWN_TOPIC);
              assertThat(rejection.site()).isEqualTo("a");
              assertThat(rejection.device()).isEqualTo("m-1");
              assertThat(rejection.topic()).isEqualTo("site/a/device/m-1/telemtry");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"alert", "command"})
  void passesOverWhatIsPublishedToDevices(String level) {
    String large = "x".repeat(MessageDecoder.DEFAULT_MAX_PAYLOAD_BYTES + 1);
    for (String payload : List.of("", "{\"state\":\"RAISED\"}", large)) {
      Collected collected = Collected.of("site/a/device/m-1/" + level, payload);
      assertThat(collected.events).isEmpty();
      assertThat(collected.rejections).isEmpty();
    }
  }

  @Test
  void rejectsPayloadsOverTheLimitAndKeepsTheirBeginning() {
    String large = "x".repeat(MessageDecoder.DEFAULT_MAX_PAYLOAD_BYTES + 1);
    assertThat(Collected.telemetry(large).rejections)
        .singleElement()
        .satisfies(
            rejection -> {
              assertThat(rejection.reason()).isEqualTo(RejectReason.TOO_LARGE);
              assertThat(rejection.site()).isEqualTo("a");
              assertThat(rejection.device()).isEqualTo("m-1");
              assertThat(rejection.payload()).hasSize(1024);
              assertThat(rejection.detail()).contains("262,144");
            });
  }

  @Test
  void rejectsRetainedTelemetryAndKeepsIt() {
    Collected collected = new Collected();
    Collected.decoder(SignatureVerifier.NONE)
        .decode(
            new MqttMessage(
                Collected.TELEMETRY,
                "{\"ts\":1,\"a\":1}".getBytes(StandardCharsets.UTF_8),
                true,
                1,
                null,
                1),
            collected);
    assertThat(collected.events).isEmpty();
    assertThat(collected.rejections)
        .singleElement()
        .satisfies(
            rejection -> {
              assertThat(rejection.reason()).isEqualTo(RejectReason.REPLAYED);
              assertThat(rejection.device()).isEqualTo("m-1");
              assertThat(rejection.detail()).contains("without the retain flag");
              assertThat(rejection.payload()).isEqualTo("{\"ts\":1,\"a\":1}");
            });
  }
}
