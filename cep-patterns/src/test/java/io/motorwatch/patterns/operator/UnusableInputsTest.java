package io.motorwatch.patterns.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.motorwatch.model.Attributes;
import io.motorwatch.model.DeviceForgotten;
import io.motorwatch.model.DeviceStatus;
import io.motorwatch.model.RejectReason;
import io.motorwatch.model.Rejection;
import io.motorwatch.model.UnusableValues;
import io.motorwatch.model.UnusableValues.Member;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values that patterns in force need and cannot use, of the nameplate and of readings. */
class UnusableInputsTest {

  private static final String FILE =
      """
      apiVersion: motorwatch/v1
      version: 1
      defaults: {ratedCurrent: 10.0}
      signals:
        high: {value: current / ratedCurrent, above: 1.2}
        hot: {value: temperature - maxTemperature, above: 0}
        slow: {value: speed / nominal, below: 0.5}
      patterns:
        overload: {sequence: [{on: high, for: 2s}]}
        heat: {sequence: [{on: hot}]}
        drag: {sequence: [{on: slow}], applies-to: {motorType: [pump]}}
      """;

  private static OperatorHarness operatorWith() throws Exception {
    return new OperatorHarness(FILE);
  }

  private static Attributes plate(Map<String, Double> numbers, Map<String, String> texts) {
    return new Attributes(numbers, texts, Map.of());
  }

  private static List<String> notes(OperatorHarness operator) {
    return operator.status().stream().map(DeviceStatus::note).toList();
  }

  private static List<String> details(OperatorHarness operator) {
    return operator.refused().stream().map(Rejection::detail).toList();
  }

  private static void unusable(
      OperatorHarness operator, long at, Attributes plate, Member... members) throws Exception {
    operator.event(
        new UnusableValues(
            OperatorHarness.DEVICE, "t/telemetry", at, List.of(members), "{…}", plate, at + 1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "five amps | attribute ratedCurrent is \"five amps\", which is no number: 10.0 from defaults is used",
        "null | attribute ratedCurrent is \"null\", which is no number: 10.0 from defaults is used",
        "nan | attribute ratedCurrent is \"nan\", which is no number: 10.0 from defaults is used"
      })
  void aRatedCurrentThatIsNoNumberIsToldAndTheDefaultProtects(String text, String detail)
      throws Exception {
    try (OperatorHarness operator = operatorWith()) {
      operator.attributes(plate(Map.of(), Map.of("ratedCurrent", text)));
      operator.currentEachSecond(0, 4000, 13);
      assertThat(operator.lines()).containsExactly("RAISED overload 0.0 2.0");
      assertThat(operator.refused())
          .containsExactly(
              new Rejection(
                  RejectReason.UNUSABLE_VALUE,
                  "plant",
                  "motor-1",
                  "site/plant/device/motor-1/attributes",
                  detail,
                  "ratedCurrent: \"" + text + "\"",
                  0));
      assertThat(notes(operator)).containsExactly(detail);
    }
  }

  @ParameterizedTest
  @CsvSource({"0.0", "-5.0"})
  void aRatedCurrentOfNothingIsToldAndTheDefaultProtects(double rated) throws Exception {
    try (OperatorHarness operator = operatorWith()) {
      operator.attributes(Attributes.ofNumbers(Map.of("ratedCurrent", rated)));
      operator.currentEachSecond(0, 4000, 13);
      assertThat(operator.lines()).containsExactly("RAISED overload 0.0 2.0");
      assertThat(details(operator))
          .containsExactly(
              "attribute ratedCurrent is "
                  + rated
                  + ", and must be greater than 0: 10.0 from defaults is used");
    }
  }

  @Test
  void withoutADefaultTheNeedyPatternsAreNamed() throws Exception {
    try (OperatorHarness operator = operatorWith()) {
      operator.attributes(
          new Attributes(
              Map.of("ratedCurrent", 9.0, "nominal", 0.0),
              Map.of("motorType", "pump"),
              Map.of("maxTemperature", List.of("80"))));
      operator.current(0, 9);
      assertThat(details(operator))
          .containsExactlyInAnyOrder(
              "attribute maxTemperature is a list, which is no number: not evaluated without it: heat",
              "attribute nominal is 0.0, and must not be 0: not evaluated without it: drag");
    }
  }

  @Test
  void ofWhatNoPatternForTheDeviceUsesNothingIsSaid() throws Exception {
    try (OperatorHarness operator = operatorWith()) {
      Attributes plate =
          plate(Map.of("ratedCurrent", 9.0, "nominal", 0.0), Map.of("poles", "four", "by", "Ann"));
      operator.attributes(plate);
      operator.current(0, 9);
      unusable(operator, 0, plate, new Member("mode", "is null"), new Member("speed", "is null"));
      assertThat(operator.refused()).isEmpty();
      assertThat(operator.status()).isEmpty();
    }
  }

  @Test
  void aDeviceEvaluatedByDefaultsAloneSaysSoAndWhenItsNameplateComes() throws Exception {
    try (OperatorHarness operator = operatorWith()) {
      operator.attributes(Attributes.NONE);
      operator.currentEachSecond(1000, 4000, 9);
      operator.attributes(Attributes.ofNumbers(Map.of("ratedCurrent", 5.0)));
      operator.currentEachSecond(4000, 6000, 5);
      assertThat(operator.refused()).isEmpty();
      assertThat(notes(operator))
          .containsExactly(
              "no nameplate: ratedCurrent 10.0 from defaults",
              "all values that the patterns use can be read; nameplate: ratedCurrent 5.0");
      assertThat(operator.status())
          .extracting(DeviceStatus::changedAt)
          .containsExactly(1000L, 4000L);
    }
  }

  @Test
  void itIsSaidOnceWhateverFails() throws Exception {
    try (OperatorHarness operator = operatorWith()) {
      operator.attributes(Attributes.NONE);
      operator.current(1000, 9);
      operator.failAndRestore();
      operator.current(2000, 9);
      assertThat(operator.status()).isEmpty();
    }
  }

  @Test
  void anotherFileIsSaidAgain() throws Exception {
    try (OperatorHarness operator = operatorWith()) {
      operator.attributes(Attributes.NONE);
      operator.current(1000, 9);
      operator.publish(FILE.replace("version: 1", "version: 2").replace("10.0", "20.0"));
      operator.current(2000, 9);
      assertThat(notes(operator)).last().isEqualTo("no nameplate: ratedCurrent 20.0 from defaults");
    }
  }

  @Test
  void aFieldThatAPatternUsesIsToldOnceUntilItWasUsableForTenMinutes() throws Exception {
    Attributes plate = Attributes.ofNumbers(Map.of("ratedCurrent", 9.0, "maxTemperature", 80.0));
    Member bad = new Member("temperature", "is nan, which is no number");
    try (OperatorHarness operator = operatorWith()) {
      operator.attributes(plate);
      for (long at = 0; at < 300_000; at += 60_000) {
        operator.current(at, 9);
        unusable(operator, at, plate, bad, new Member("mode", "is null"));
      }
      assertThat(details(operator))
          .containsExactly(
              "field temperature is nan, which is no number: the reading was taken without it; used"
                  + " by heat");
      assertThat(notes(operator))
          .containsExactly("field temperature cannot be read, needed by heat");

      operator.reading(
          OperatorHarness.DEVICE, 500_000, Map.of("current", 9.0, "temperature", 60.0));
      unusable(operator, 600_000, plate, bad);
      assertThat(operator.refused()).hasSize(1);

      operator.reading(
          OperatorHarness.DEVICE, 1_300_000, Map.of("current", 9.0, "temperature", 60.0));
      assertThat(notes(operator))
          .last()
          .asString()
          .startsWith("all values that the patterns use can be read");
      unusable(operator, 1_400_000, plate, bad);
      assertThat(operator.refused()).hasSize(2);
    }
  }

  @Test
  void nothingIsKeptOfAFieldThatAnotherFileDoesNotUse() throws Exception {
    Attributes plate = Attributes.ofNumbers(Map.of("ratedCurrent", 9.0));
    try (OperatorHarness operator = operatorWith()) {
      operator.attributes(plate);
      operator.current(0, 9);
      int healthy = operator.stateBytes(OperatorHarness.DEVICE);
      unusable(operator, 0, plate, new Member("temperature", "is null"));
      assertThat(operator.stateBytes(OperatorHarness.DEVICE)).isGreaterThan(healthy);
      operator.publish(
          FILE.replace("version: 1", "version: 2")
              .replace("temperature - maxTemperature", "current - maxTemperature"));
      operator.current(0, 9);
      assertThat(operator.stateBytes(OperatorHarness.DEVICE)).isEqualTo(healthy);
    }
  }

  @Test
  void aHealthyDeviceKeepsOneByteForIt() throws Exception {
    try (OperatorHarness operator = operatorWith()) {
      operator.attributes(Attributes.NONE);
      operator.current(0, 9);
      int byDefault = operator.stateBytes(OperatorHarness.DEVICE);
      operator.attributes(Attributes.ofNumbers(Map.of("ratedCurrent", 9.0)));
      operator.current(0, 9);
      assertThat(operator.stateBytes(OperatorHarness.DEVICE)).isEqualTo(byDefault - Integer.BYTES);
    }
  }

  @Test
  void nothingIsLeftOfADeviceThatIsForgotten() throws Exception {
    Attributes plate = plate(Map.of(), Map.of("ratedCurrent", "x"));
    try (OperatorHarness operator = operatorWith()) {
      operator.attributes(plate);
      operator.current(0, 9);
      unusable(operator, 0, plate, new Member("temperature", "is null"));
      operator.failAndRestore();
      operator.event(new DeviceForgotten(OperatorHarness.DEVICE, 10_000, 0));
      assertThat(operator.keyedStateEntries()).isZero();
      unusable(operator, 20_000, plate, new Member("temperature", "is null"));
      assertThat(operator.keyedStateEntries()).isZero();
      assertThat(operator.timers()).isZero();
    }
  }

  @Test
  void aDeviceThatChangesItsNameplateAllTheTimeIsReportedAFewTimesAMinuteAndInTheEnd()
      throws Exception {
    try (OperatorHarness operator = operatorWith()) {
      for (int second = 0; second < 120; second++) {
        operator.attributes(Attributes.ofNumbers(Map.of("ratedCurrent", -1.0 - second)));
        operator.current(1000L * second, 9);
      }
      assertThat(operator.refused()).hasSize(2 * NameplateReportLimit.PER_MINUTE);
      operator.current(180_000, 9);
      assertThat(details(operator)).last().asString().contains("ratedCurrent is -120.0");
    }
  }
}
