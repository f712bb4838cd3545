package io.motorwatch.patterns.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.motorwatch.model.AlarmRequest;
import io.motorwatch.model.AlarmRequest.Acknowledge;
import io.motorwatch.model.AlarmRequest.Shelve;
import io.motorwatch.model.Attributes;
import io.motorwatch.model.DeviceSilence;
import io.motorwatch.model.DeviceStatus;
import io.motorwatch.patterns.alarm.DeviceAlarms;
import io.motorwatch.patterns.definition.PatternFileParser;
import io.motorwatch.patterns.yaml.InvalidFileException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The built-in signal {@code silent}: the device's clock stands still, and yet there are alarms.
 */
class SilenceTest {

  private static final String SILENCE =
      """
      apiVersion: motorwatch/v1
      version: 1
      signals:
        over: {value: current, above: 12, max-gap: 10m}
      patterns:
        no-data: {sequence: [{on: silent}], escalate: [{after: 100s, severity: MAJOR}]}
        long-silence: {sequence: [{on: silent, for: 90s}]}
        lost-in-overload: {sequence: [{all: [over, silent]}]}
        pumps-only: {sequence: [{on: silent}], applies-to: {motorType: [1]}}
        overload: {sequence: [{on: over, for: 100s}], escalate: [{after: 1s, severity: MAJOR}]}
        thrice: {sequence: [{alarm: no-data, times: 3}], within: 1h}
      """;

  private static DeviceSilence silence(long lastAt, long lasted) {
    Attributes nameplate = Attributes.ofNumbers(Map.of("motorType", 2.0));
    return new DeviceSilence(OperatorHarness.DEVICE, 77, lastAt, lasted, nameplate);
  }

  @Test
  void silenceIsDatedFromTheLastReadingByTheLengthToldAndEndsWithTheNextReading() throws Exception {
    try (OperatorHarness operator = new OperatorHarness(SILENCE)) {
      operator.current(1_000, 9);
      operator.event(silence(1_000, 60_000));
      operator.event(silence(1_000, 120_000));
      operator.event(silence(1_000, 240_000));
      operator.current(300_000, 9);
      operator.current(301_000, 9);
      assertThat(operator.lines())
          .containsExactly(
              "RAISED no-data 1.0 61.0",
              "RAISED long-silence 1.0 121.0",
              "ESCALATED no-data 1.0 241.0",
              "CLEARED no-data 1.0 300.0",
              "CLEARED long-silence 1.0 300.0");
      assertThat(operator.timers()).isZero();
    }
  }

  @Test
  void readingsKeptBackDuringTheSilenceClearItNoEarlierThanItWasRaised() throws Exception {
    try (OperatorHarness operator = new OperatorHarness(SILENCE)) {
      operator.current(1_000, 9);
      operator.event(silence(1_000, 60_000));
      operator.current(2_000, 9);
      assertThat(operator.lines())
          .containsExactly("RAISED no-data 1.0 61.0", "CLEARED no-data 1.0 61.0");
    }
  }

  @Test
  void transitionsOfOnePatternAndMomentKeepTheirOrderThoughOthersAreDatedAhead() throws Exception {
    try (OperatorHarness operator = new OperatorHarness(SILENCE)) {
      operator.currentEachSecond(0, 101_000, 13);
      operator.event(silence(100_000, 60_000));
      for (String pattern : List.of("overload", "no-data")) {
        operator.ask(
            new AlarmRequest(OperatorHarness.DEVICE, "", pattern, new Acknowledge(), "Anna", 7));
        operator.failAndRestore();
      }
      operator.current(101_000, 9);
      operator.event(silence(101_000, 59_000));
      assertThat(transitions(operator, "overload"))
          .containsExactly("RAISED 100000 0", "ACKNOWLEDGED 100000 1", "CLEARED 101000 0");
      assertThat(transitions(operator, "no-data"))
          .containsExactly(
              "RAISED 160000 0", "ACKNOWLEDGED 160000 1", "CLEARED 160000 2", "RAISED 160000 3");
      operator.current(200_000, 9);
      operator.current(201_000, 9);
      assertThat(operator.state(OperatorHarness.DEVICE).alarms.equals(new DeviceAlarms())).isTrue();
    }
  }

  private static List<String> transitions(OperatorHarness operator, String pattern) {
    return operator.alarms().stream()
        .filter(alarm -> alarm.episode().pattern().equals(pattern))
        .map(alarm -> alarm.state() + " " + alarm.at() + " " + alarm.ordinal())
        .toList();
  }

  @Test
  void silenceJoinsOtherSignalsAndLeavesWhatDependsOnReadingsAlone() throws Exception {
    try (OperatorHarness operator = new OperatorHarness(SILENCE)) {
      operator.current(1_000, 13);
      operator.event(silence(1_000, 60_000));
      operator.event(silence(1_000, 120_000));
      assertThat(operator.lines())
          .containsExactly(
              "RAISED no-data 1.0 61.0",
              "RAISED lost-in-overload 1.0 61.0",
              "RAISED long-silence 1.0 121.0");
      assertThat(operator.alarms().get(1).value()).isNaN();
    }
  }

  @Test
  void aFailureWithinTheSilenceChangesNothingAndTellsNothingTwice() throws Exception {
    try (OperatorHarness operator = new OperatorHarness(SILENCE)) {
      operator.current(1_000, 9);
      operator.event(silence(1_000, 60_000));
      operator.failAndRestore();
      operator.event(silence(1_000, 60_000));
      operator.event(silence(1_000, 120_000));
      operator.failAndRestore();
      operator.current(130_000, 9);
      assertThat(operator.lines())
          .containsExactly(
              "RAISED no-data 1.0 61.0",
              "RAISED long-silence 1.0 121.0",
              "CLEARED no-data 1.0 130.0",
              "CLEARED long-silence 1.0 130.0");
    }
  }

  private static final long HOUR = 3_600_000;

  private static final String REPEATED_SILENCE =
      """
      apiVersion: motorwatch/v1
      version: 1
      signals: {over: {value: current, above: 12, max-gap: 10m}}
      patterns:
        no-data: {sequence: [{on: silent, for: %s}], re-alarm: 1h}
        overload: {sequence: [{on: over}]}
      """;

  private static void shelveForAnHour(OperatorHarness operator, String pattern) throws Exception {
    Shelve hour = new Shelve(Shelve.RELATIVE, HOUR);
    operator.ask(new AlarmRequest(OperatorHarness.DEVICE, "", pattern, hour, "Anna", 7));
  }

  /** As the timeline reports it: whenever it has lasted twice as long. */
  private static void silentFromFourSecondsOn(OperatorHarness operator, long from, long to)
      throws Exception {
    for (long lasted = from; lasted <= to; lasted *= 2) {
      operator.event(silence(4_000, lasted));
    }
  }

  @Test
  void aShelvedAlarmOfSilenceIsToldAgainThoughTheDeviceStaysSilent() throws Exception {
    try (OperatorHarness operator = new OperatorHarness(REPEATED_SILENCE.formatted("60s"))) {
      operator.current(4_000, 9);
      operator.event(silence(4_000, 60_000));
      shelveForAnHour(operator, "no-data");
      silentFromFourSecondsOn(operator, 120_000, 1_920_000);
      operator.failAndRestore();
      silentFromFourSecondsOn(operator, 3_840_000, 15_360_000);
      assertThat(operator.lines())
          .containsExactly(
              "RAISED no-data 4.0 64.0",
              "SHELVED no-data 4.0 64.0",
              "UNSHELVED no-data 4.0 3844.0",
              "REPEATED no-data 4.0 7684.0",
              "REPEATED no-data 4.0 15364.0");
    }
  }

  @Test
  void silenceThatBeganWhileShelvedIsToldOnceTheShelvingIsOver() throws Exception {
    try (OperatorHarness operator = new OperatorHarness(REPEATED_SILENCE.formatted("60s"))) {
      operator.current(4_000, 9);
      shelveForAnHour(operator, "no-data");
      silentFromFourSecondsOn(operator, 60_000, 7_680_000);
      assertThat(operator.lines())
          .containsExactly("RAISED no-data 4.0 3844.0", "REPEATED no-data 4.0 7684.0");
    }
  }

  @Test
  void silenceRaisedAfterTheShelvingIsToldAtOnce() throws Exception {
    try (OperatorHarness operator = new OperatorHarness(REPEATED_SILENCE.formatted("1h"))) {
      operator.current(4_000, 9);
      shelveForAnHour(operator, "no-data");
      silentFromFourSecondsOn(operator, 60_000, 3_840_000);
      assertThat(operator.lines()).containsExactly("RAISED no-data 4.0 3844.0");
    }
  }

  @Test
  void ofReadingsKeptBackDuringTheSilenceWhatIsShelvedAtTheirTimeIsNotTold() throws Exception {
    try (OperatorHarness operator = new OperatorHarness(REPEATED_SILENCE.formatted("60s"))) {
      operator.current(4_000, 9);
      shelveForAnHour(operator, "overload");
      silentFromFourSecondsOn(operator, 60_000, 3_840_000);
      operator.current(5_000, 13);
      operator.current(6_000, 9);
      operator.current(4_000 + HOUR, 13);
      assertThat(operator.lines())
          .containsExactly(
              "RAISED no-data 4.0 64.0",
              "REPEATED no-data 4.0 3844.0",
              "CLEARED no-data 4.0 3844.0",
              "RAISED overload 3604.0 3604.0");
    }
  }

  @Test
  void alarmsOfSilenceTakePartInSequencesOfAlarms() throws Exception {
    try (OperatorHarness operator = new OperatorHarness(SILENCE)) {
      for (long at = 0; at <= 200_000; at += 100_000) {
        operator.current(at, 9);
        operator.event(silence(at, 60_000));
      }
      assertThat(operator.lines()).endsWith("RAISED thrice 0.0 260.0");
    }
  }

  @Test
  void aDeviceThatNeverSentAReadingHasNoTimeToDateAnAlarmWith() throws Exception {
    try (OperatorHarness operator = new OperatorHarness(SILENCE)) {
      operator.event(silence(DeviceStatus.NEVER_SEEN, 60_000));
      assertThat(operator.alarms()).isEmpty();
      assertThat(operator.keyedStateEntries()).isZero();
    }
  }

  @Test
  void aSignalOfThatNameIsRefused() {
    String file = SILENCE.replace("  over:", "  silent: {value: current, above: 1}\n  over:");
    assertThatThrownBy(() -> PatternFileParser.parse(file))
        .isInstanceOf(InvalidFileException.class)
        .hasMessageContaining("the signal silent is built in");
  }
}
