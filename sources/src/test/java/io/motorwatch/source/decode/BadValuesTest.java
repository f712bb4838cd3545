package io.motorwatch.source.decode;

import static io.motorwatch.source.decode.Collected.telemetry;
import static org.assertj.core.api.Assertions.assertThat;

import io.motorwatch.model.Reading;
import io.motorwatch.model.RejectReason;
import io.motorwatch.source.mqtt.MqttMessage;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One bad value costs itself, and not the values beside it. */
class BadValuesTest {

  /** What nobody who connects a motor needs to know of. */
  static final String INTERNALS =
      "(?is).*(exception|unexpected char|was expecting|code \\d|redacted|source:|jackson|VALUE_|START_|"
          + "END_|java\\.|parser|token|could not be parsed|text '|index \\d).*";

  private static Collected with(String bad) {
    return telemetry("{\"ts\":7,\"current\":13.5,\"temperature\":" + bad + ",\"speed\":1478}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nan",
        "-nan",
        "NaN",
        "-NaN",
        "NAN",
        "nan(0x8000000000000)",
        "inf",
        "-inf",
        "+inf",
        "Inf",
        "Infinity",
        "-Infinity",
        "INF",
        "+5",
        ".5",
        "5.",
        "-.5",
        "05",
        "0x1F",
        "1e",
        "1e999",
        "--",
        "- 5",
        "5 A",
        "5,3",
        "-0,5e1",
        "1_000",
        "None",
        "undefined",
        "#N/A",
        "\"broken\"x",
        "",
        "null",
        "{}",
        "[nan]",
        "{\"deep\":inf}",
        "'61.2'",
        "1710000000000000000000000000000e400"
      })
  void theValuesBesideAreTaken(String bad) {
    Collected collected = with(bad);
    Reading reading = collected.reading(0);
    assertThat(reading.timestamp()).isEqualTo(7);
    assertThat(reading.layout().toString()).isEqualTo("[current, speed]");
    assertThat(reading.valueOf("current")).isEqualTo(13.5);
    assertThat(reading.valueOf("speed")).isEqualTo(1478);
    assertThat(collected.rejections).isEmpty();
    assertThat(collected.unusable()).singleElement().asString().startsWith("temperature ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nan | temperature is \"nan\", which is no number",
        "-Infinity | temperature is -Infinity, which is no finite number",
        "5,3 | temperature is \"5,3\", which is no number",
        "null | temperature is null",
        "1e999 | temperature is 1e999, which is no finite number"
      })
  void itIsToldWhatTheValueIs(String bad, String words) {
    assertThat(with(bad).unusable()).containsExactly(words);
  }

  @Test
  void valuesMeantAsNumbersAreCountedAndTextsAndNullsAreNot() {
    assertThat(with("nan").dropped).isEqualTo(1);
    assertThat(with("NaN").dropped).isEqualTo(1);
    assertThat(with("1e999").dropped).isEqualTo(1);
    assertThat(with("\"warm\"").dropped).isZero();
    assertThat(with("null").dropped).isZero();
  }

  @Test
  void theSameIsToldOnceAMinuteOfADevice() {
    MessageDecoder decoder = Collected.decoder(SignatureVerifier.NONE);
    Collected collected = new Collected();
    for (long second = 0; second < 121; second++) {
      byte[] payload =
          ("{\"ts\":" + second + ",\"a\":1,\"t\":nan}\0").getBytes(StandardCharsets.UTF_8);
      decoder.decode(
          new MqttMessage(Collected.TELEMETRY, payload, false, 1, null, second * 1000), collected);
    }
    assertThat(collected.readings()).hasSize(121);
    assertThat(collected.unusable()).hasSize(3);
    assertThat(collected.details()).hasSize(3).allMatch(detail -> detail.startsWith("NUL "));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\0", " \0\0", "\n", "\r\n\0"})
  void whatEndsATextInCCostsNothing(String end) {
    Collected collected = telemetry("{\"ts\":1,\"a\":2}" + end);
    assertThat(collected.reading(0).valueOf("a")).isEqualTo(2);
    assertThat(collected.details()).hasSize(end.contains("\0") ? 1 : 0);
  }

  @Test
  void aByteOrderMarkCostsNothing() {
    assertThat(telemetry("\uFEFF{\"ts\":1,\"a\":2}").reading(0).valueOf("a")).isEqualTo(2);
    assertThat(telemetry("\uFEFF{\"ts\":1,\"a\":2,\"b\":nan}").reading(0).valueOf("a"))
        .isEqualTo(2);
  }

  @Test
  void eachLineIsAReading() {
    Collected collected =
        telemetry("{\"ts\":1,\"a\":1}\n{\"ts\":2,\"a\":nan,\"b\":2}\n{\"ts\":3,\"a\":3}\n");
    assertThat(collected.readings()).extracting(Reading::timestamp).containsExactly(1L, 2L, 3L);
    assertThat(collected.rejections).isEmpty();
  }

  @Test
  void aBrokenLineCostsNoOther() {
    Collected collected =
        telemetry("{\"ts\":1,\"a\":1}\n{\"ts\":2,\"a\"\n{\"ts\":3,\"a\":3}\nrest");
    assertThat(collected.readings()).extracting(Reading::timestamp).containsExactly(1L, 3L);
    assertThat(collected.rejections).hasSize(2);
    assertThat(collected.rejections)
        .allMatch(rejection -> rejection.reason() == RejectReason.MALFORMED);
    assertThat(collected.details().get(1)).contains("line 4, column 1").endsWith("rest");
  }

  @Test
  void whatFollowsTheReadingIsToldAndCostsItNothing() {
    Collected collected = telemetry("{\"ts\":1,\"a\":1}garbage");
    assertThat(collected.readings()).hasSize(1);
    assertThat(collected.details())
        .containsExactly("neither a JSON object nor an array at line 1, column 15, but: garbage");
  }

  @Test
  void aBadValueInAnArrayCostsNoOtherReadingAndNoneTwice() {
    Collected collected =
        telemetry(
            "[{\"ts\":1,\"a\":1},{\"ts\":2,\"a\":nan,\"b\":2},7,{\"ts\":3,\"a\":3},{\"ts\":4");
    assertThat(collected.readings()).extracting(Reading::timestamp).containsExactly(1L, 2L, 3L);
    assertThat(collected.details())
        .containsExactly(
            "reading 3 of the array: it is not an object",
            "not JSON: it is cut off at line 1, column 64 (after 4 elements, which were taken as they"
                + " are)");
  }

  @Test
  void aNameTwiceKeepsTheFirstValue() {
    Collected collected = telemetry("{\"ts\":1,\"a\":1,\"a\":2,\"values\":{\"a\":3,\"b\":4}}");
    assertThat(collected.reading(0).valueOf("a")).isEqualTo(1);
    assertThat(collected.reading(0).valueOf("b")).isEqualTo(4);
    assertThat(collected.unusable()).hasSize(2).allMatch(report -> report.contains("occurs twice"));
  }

  @Test
  void aNameTooLongOrEmptyCostsItsValueOnly() {
    Collected collected = telemetry("{\"ts\":1,\"" + "x".repeat(5_000) + "\":1,\"\":2,\"b\":4}");
    assertThat(collected.reading(0).layout().toString()).isEqualTo("[b]");
    assertThat(collected.unusable()).hasSize(2);
  }

  @Test
  void bytesThatAreNoUtf8CostOnlyTheTextTheyAreIn() {
    byte[] payload =
        "{\"ts\":1,\"a\":2,\"by\":\"J?rg\",\"b\":3}".getBytes(StandardCharsets.US_ASCII);
    payload[21] = (byte) 0xF6;
    Collected collected = telemetry(payload);
    assertThat(collected.reading(0).layout().toString()).isEqualTo("[a, b]");
    assertThat(collected.rejections).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"ts\":1,\"note\":\"C:\\x\\y\",\"a\":2}",
        "{\"ts\":1,\"note\":\"a\tb\u0001\",\"a\":2}",
        "{\"ts\":1,\"note\":\"\\u12\",\"a\":2,}",
        "{\"ts\":1 \"note\":\"x\" \"a\":2}",
        "{\"ts\":1,,\"a\":2}"
      })
  void smallSlipsCostNothing(String payload) {
    assertThat(telemetry(payload).reading(0).valueOf("a")).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"ts\":1,\"a\":12",
        "{\"ts\":1,\"a\":1",
        "{\"ts\":1,\"a\":\"12",
        "{\"ts\":1,\"a\":2,"
      })
  void whatIsCutOffIsNotGuessed(String payload) {
    Collected collected = telemetry(payload);
    assertThat(collected.readings()).isEmpty();
    assertThat(collected.details()).singleElement().asString().contains("cut off at line 1");
  }

  @Test
  void aReadingWithNothingElseSaysWhy() {
    Collected collected = telemetry("{\"ts\":5,\"temperature\":nan}");
    assertThat(collected.rejections.get(0).reason()).isEqualTo(RejectReason.NO_FIELDS);
    assertThat(collected.rejections.get(0).detail())
        .endsWith(": \"temperature\" is \"nan\", which is no number");
    assertThat(collected.unusable()).hasSize(1);
  }

  @Test
  void endlessNonsenseIsReadOnlySoFar() {
    Collected collected = telemetry("{\"\n".repeat(80_000));
    assertThat(collected.rejections).hasSizeLessThan(100);
    assertThat(collected.details().get(collected.details().size() - 1))
        .endsWith("what follows was not read any more");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "x",
        "5",
        "\"x\"",
        "{",
        "[",
        "{]",
        "[}",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":1",
        "{a:1}",
        "{'a':1}",
        "{\"ts\":\"yesterday\",\"a\":1}",
        "{\"ts\":\"2024-13-45T99:00:00Z\",\"a\":1}",
        "{\"ts\":true}",
        "{\"ts\":1e300,\"a\":1}",
        "{\"ts\":1,\"a\":{{}}",
        "{\"status\":7}",
        "{\"pattern\":\"p\",\"for\":\"x\"}",
        "{\"site\":\"a\",\"device\":\"b\",\"pattern\":\"p\",\"until\":\"x\"}",
        "[1,2",
        "nan",
        "<xml/>",
        "a=1&b=2"
      })
  void whatIsWrongIsSaidInOurOwnWords(String payload) {
    for (String topic :
        new String[] {
          Collected.TELEMETRY,
          "site/a/device/m-1/status",
          "site/a/device/m-1/attributes",
          MessageDecoder.ACK_TOPIC,
          MessageDecoder.SHELVE_TOPIC
        }) {
      assertThat(Collected.of(topic, payload).details())
          .as(topic)
          .allSatisfy(detail -> assertThat(detail).isNotBlank().doesNotMatch(INTERNALS));
    }
  }
}
