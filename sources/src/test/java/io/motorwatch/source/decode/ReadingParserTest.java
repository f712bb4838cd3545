package io.motorwatch.source.decode;

import static io.motorwatch.source.decode.Collected.telemetry;
import static org.assertj.core.api.Assertions.assertThat;

import io.motorwatch.model.DeviceId;
import io.motorwatch.model.FieldLayout;
import io.motorwatch.model.Reading;
import io.motorwatch.model.RejectReason;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadingParserTest {

  private static final DeviceId DEVICE = new DeviceId("a", "m-1");

  private static Reading reading(String payload) {
    Collected collected = telemetry(payload);
    assertThat(collected.rejections).isEmpty();
    assertThat(collected.events).hasSize(1);
    return collected.reading(0);
  }

  @Test
  void readsTheFlatForm() {
    assertThat(
            reading(
                "{\"timestamp\":1710000000000,\"current\":9.4,\"speed\":1478,\"temperature\":61.2,"
                    + "\"seq\":4711}"))
        .isEqualTo(
            new Reading(
                DEVICE,
                1_710_000_000_000L,
                Collected.ARRIVED,
                4711,
                FieldLayout.of("current", "speed", "temperature"),
                new double[] {9.4, 1478, 61.2}));
  }

  @Test
  void readsTheFormWithDeviceId() {
    Reading reading =
        reading(
            "{\"deviceId\":\"m-1\",\"timestamp\":\"2024-12-05T10:30:00.250Z\",\"current\":9.4}");
    assertThat(reading.timestamp()).isEqualTo(1_733_394_600_250L);
    assertThat(reading.valueOf("current")).isEqualTo(9.4);
    assertThat(reading.hasSeq()).isFalse();
  }

  @Test
  void readsTheFormWithValues() {
    Reading reading = reading("{\"values\":{\"current\":9.4,\"on\":true},\"ts\":1710000000000}");
    assertThat(reading.timestamp()).isEqualTo(1_710_000_000_000L);
    assertThat(reading.layout()).isEqualTo(FieldLayout.of("current", "on"));
    assertThat(reading.valueOf("on")).isEqualTo(1);
  }

  @Test
  void readsAnArray() {
    Collected collected = telemetry("[{\"ts\":1,\"a\":1},{\"ts\":2,\"values\":{\"a\":2}}]");
    assertThat(collected.rejections).isEmpty();
    assertThat(collected.events).hasSize(2);
    assertThat(collected.reading(1).timestamp()).isEqualTo(2);
  }

  @Test
  void rejectsOneBadElementOfAnArrayAndNotTheOthers() {
    Collected collected =
        telemetry(
            "[{\"ts\":1,\"a\":1},7,{\"a\":1},[{\"ts\":1}],{\"ts\":2,\"deviceId\":\"x\",\"a\":2,\"b\":3},"
                + "{\"ts\":3,\"a\":3}]");
    assertThat(collected.events.stream().map(event -> ((Reading) event).timestamp()))
        .containsExactly(1L, 3L);
    assertThat(collected.rejections.stream().map(rejection -> rejection.reason()))
        .containsExactly(
            RejectReason.MALFORMED,
            RejectReason.NO_TIMESTAMP,
            RejectReason.MALFORMED,
            RejectReason.DEVICE_MISMATCH);
    assertThat(collected.rejections.get(0).detail())
        .isEqualTo("reading 2 of the array: it is not an object");
  }

  @Test
  void takesWhatCameBeforeTheBreakOfAnArray() {
    Collected collected = telemetry("[{\"ts\":1,\"a\":1},{\"ts\":2,\"a\"");
    assertThat(collected.events).hasSize(1);
    assertThat(collected.rejections).hasSize(1);
    assertThat(collected.rejections.get(0).detail()).contains("after 1 elements");
  }

  @ParameterizedTest
  @CsvSource({
    "1710000000000, 1710000000000",
    "1.71e12, 1710000000000",
    "1710000000000.9, 1710000000000",
    "-5, -5",
    "'\"2024-03-09T16:00:00Z\"', 1710000000000",
    "'\"2024-03-09t17:00:00.001+01:00\"', 1710000000001",
    "'\"2024-03-09T17:00:00+0100\"', 1710000000000",
    "'\"2024-03-09T17:00:00+01\"', 1710000000000",
    "'\"2024-03-09T17:00+01:00[Europe/Berlin]\"', 1710000000000",
    "'\"2024-03-09T16:00:00.123456789Z\"', 1710000000123",
    "'\"2024-03-09 16:00:00Z\"', 1710000000000",
    "'\"2024-03-09 17:00:00,25 +0100\"', 1710000000250",
    "'\"2024-03-09t16:00:00,001z\"', 1710000000001",
    "'\" 2024-03-09T16:00:00Z \"', 1710000000000",
    "'\"1710000000000\"', 1710000000000",
    "'\" 1.71e12 \"', 1710000000000"
  })
  void readsTimes(String json, long millis) {
    assertThat(reading("{\"timestamp\":" + json + ",\"a\":1}").timestamp()).isEqualTo(millis);
    assertThat(reading("{\"ts\":" + json + ",\"a\":1}").timestamp()).isEqualTo(millis);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"yesterday\"",
        "\"2024-12-05T10:30:00\"",
        "\"2024-12-05\"",
        "\"\"",
        "null",
        "true",
        "{}",
        "[1710000000000]",
        "1e300",
        "1e999",
        "NaN",
        "123456789012345678901234567890",
        "\"+999999999-12-31T23:59:59Z\""
      })
  void rejectsUnreadableTimes(String json) {
    Collected collected = telemetry("{\"timestamp\":" + json + ",\"a\":1}");
    assertThat(collected.events).isEmpty();
    assertThat(collected.rejections.get(0).reason()).isEqualTo(RejectReason.NO_TIMESTAMP);
  }

  @Test
  void prefersTimestampToTsInEitherOrder() {
    assertThat(reading("{\"timestamp\":1,\"ts\":2,\"a\":1}").timestamp()).isEqualTo(1);
    assertThat(reading("{\"ts\":2,\"timestamp\":1,\"a\":1}").timestamp()).isEqualTo(1);
  }

  @Test
  void takesTextsThatAreNumbersForThem() {
    Collected collected =
        telemetry(
            "{\"ts\":1,\"a\":\"5\",\"b\":\" -1.5e1 \",\"c\":\"5 A\",\"d\":\"05\",\"e\":\"\",\"f\":\"1e999\"}");
    assertThat(collected.reading(0).layout()).isEqualTo(FieldLayout.of("a", "b"));
    assertThat(collected.reading(0).valueOf("b")).isEqualTo(-15);
    assertThat(collected.unusable())
        .containsExactly(
            "c is \"5 A\", which is no number",
            "d is \"05\", which is no number",
            "e is \"\", which is no number",
            "f is 1e999, which is no finite number");
  }

  @Test
  void rejectsAReadingWithoutFields() {
    for (String payload : new String[] {"{\"ts\":1}", "{\"ts\":1,\"a\":NaN,\"seq\":4}", "[]"}) {
      assertThat(telemetry(payload).rejections.get(0).reason()).isEqualTo(RejectReason.NO_FIELDS);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "4711.0, 4711",
    "9223372036854775807, 9223372036854775807",
    "null, -1",
    "'\"7\"', 7"
  })
  void readsSequenceNumbers(String json, long seq) {
    assertThat(reading("{\"ts\":1,\"a\":1,\"seq\":" + json + "}").seq()).isEqualTo(seq);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"-1", "1.5", "9223372036854775808", "1e300", "NaN", "nan", "true", "{}", "\"x\""})
  void takesAReadingWithoutItsBadSequenceNumberAndSaysSo(String json) {
    Collected collected = telemetry("{\"seq\":" + json + ",\"ts\":1,\"a\":1}");
    assertThat(collected.reading(0).hasSeq()).isFalse();
    assertThat(collected.details())
        .singleElement()
        .asString()
        .contains("\"seq\" is ")
        .contains("taken without it");
  }

  @Test
  void comparesTheDeviceIdWithTheTopic() {
    assertThat(telemetry("{\"deviceId\":\"m-2\",\"ts\":1,\"a\":1}").rejections.get(0))
        .satisfies(
            rejection -> {
              assertThat(rejection.reason()).isEqualTo(RejectReason.DEVICE_MISMATCH);
              assertThat(rejection.detail()).contains("m-2").contains("m-1");
            });
    assertThat(telemetry("{\"deviceId\":{},\"ts\":1,\"a\":1}").rejections.get(0).reason())
        .isEqualTo(RejectReason.DEVICE_MISMATCH);
    assertThat(reading("{\"deviceId\":null,\"ts\":1,\"a\":1}").size()).isEqualTo(1);
  }

  @Test
  void sharesOneLayoutInstanceBetweenReadings() {
    Collected collected =
        telemetry("[{\"ts\":1,\"a\":1,\"b\":2},{\"b\":2,\"ts\":2},{\"a\":3,\"b\":4,\"ts\":3}]");
    assertThat(collected.reading(0).layout()).isSameAs(collected.reading(2).layout());
    assertThat(collected.reading(0).layout()).isNotEqualTo(collected.reading(1).layout());
  }

  @Test
  void takesTheFirst256Fields() {
    assertThat(reading(withFields(256)).size()).isEqualTo(256);
    Collected collected = telemetry(withFields(258));
    assertThat(collected.reading(0).size()).isEqualTo(256);
    assertThat(collected.dropped).isEqualTo(2);
    assertThat(collected.unusable())
        .containsExactly(
            "f256 comes behind the 256 fields that a reading may have",
            "f257 comes behind the 256 fields that a reading may have");
  }

  private static String withFields(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "\"f" + i + "\":" + i)
        .collect(Collectors.joining(",", "{\"ts\":1,", "}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | empty",
        "'   ' | empty",
        "5 | neither a JSON object nor an array",
        "{\"ts\":1,\"a\":1 | line 1",
        "{\"ts\":1,\"a\" 1} | not JSON at line 1, column 13: a colon behind the name is needed",
        "{'ts':1} | not JSON at line 1, column 2: a name in double quotes is needed there, not 'ts'",
        "rubbish | neither a JSON object nor an array at line 1, column 1, but: rubbish"
      })
  void saysWhatIsMalformedAndWhere(String payload, String words) {
    Collected collected = telemetry(payload);
    assertThat(collected.events).isEmpty();
    assertThat(collected.rejections).hasSize(1);
    assertThat(collected.rejections.get(0).reason()).isEqualTo(RejectReason.MALFORMED);
    assertThat(collected.rejections.get(0).detail()).contains(words);
  }

  @Test
  void boundsNestingAndNumbers() {
    assertThat(telemetry("{\"ts\":1,\"a\":" + "[".repeat(100_000)).rejections).hasSize(1);
    assertThat(telemetry("{\"ts\":1,\"a\":" + "9".repeat(10_000) + "}").rejections)
        .extracting(rejection -> rejection.reason())
        .containsExactly(RejectReason.NO_FIELDS);
    Collected deep = telemetry("{\"ts\":1,\"a\":" + "[".repeat(40) + "]".repeat(40) + ",\"b\":2}");
    assertThat(deep.reading(0).valueOf("b")).isEqualTo(2);
  }
}
