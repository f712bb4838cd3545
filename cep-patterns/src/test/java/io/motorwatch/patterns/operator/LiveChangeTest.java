package io.motorwatch.patterns.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.motorwatch.model.Alarm;
import io.motorwatch.model.DeviceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files that change under way: while the operator runs, or between a savepoint and a restore. */
class LiveChangeTest {

  private static final String FIRST =
      """
      apiVersion: motorwatch/v1
      version: 1
      signals:
        high: {value: current, above: 10, reset: 9}
        top: {value: current, above: 20}
      patterns:
        lasting: {sequence: [{on: high, for: 30s}]}
        twice: {sequence: [{on: high, times: 2}], within: 1h}
      """;

  /** How the change comes; the outcome is the same. */
  enum Way {
    LIVE,
    RESTART;

    void change(OperatorHarness operator, String file) throws Exception {
      if (this == LIVE) {
        operator.publish(file);
      } else {
        operator.restartWith(file);
        operator.letTimersFire();
      }
    }
  }

  private static String second(String from, String to) {
    assertThat(FIRST).contains(from);
    return FIRST.replace("version: 1", "version: 2").replace(from, to);
  }

  /** A device that has held 13 for each of so many seconds when the file changes. */
  private static OperatorHarness changed(Way way, int atSecond, String file) throws Exception {
    OperatorHarness operator = new OperatorHarness(FIRST);
    operator.currentEachSecond(0, atSecond * 1000L, 13);
    way.change(operator, file);
    return operator;
  }

  @ParameterizedTest
  @EnumSource
  void aShorterDurationThatIsReachedAlreadyRaisesWithTheNextReadingAndKeepsTheOnset(Way way)
      throws Exception {
    try (OperatorHarness operator = changed(way, 26, second("for: 30s", "for: 20s"))) {
      assertThat(operator.lines()).isEmpty();
      operator.current(26_000, 13);
      assertThat(operator.lines()).containsExactly("RAISED lasting 0.0 26.0");
      assertThat(operator.alarms().get(0).episode().patternVersion()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aLongerDurationIsWaitedFor(Way way) throws Exception {
    try (OperatorHarness operator = changed(way, 26, second("for: 30s", "for: 40s"))) {
      operator.currentEachSecond(26_000, 45_000, 13);
      assertThat(operator.lines()).containsExactly("RAISED lasting 0.0 40.0");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aLevelRaisedAboveThePresentValueEndsTheEpisode(Way way) throws Exception {
    try (OperatorHarness operator = changed(way, 26, second("above: 10", "above: 14"))) {
      operator.currentEachSecond(26_000, 40_000, 13);
      operator.currentEachSecond(40_000, 71_000, 15);
      assertThat(operator.lines())
          .containsExactly("RAISED twice 0.0 40.0", "RAISED lasting 40.0 70.0");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aPatternThatIsGoneClearsItsAlarmAtOnceAlsoOfASilentDevice(Way way) throws Exception {
    String without = second("  lasting: {sequence: [{on: high, for: 30s}]}\n", "");
    try (OperatorHarness operator = changed(way, 31, without)) {
      assertThat(operator.lines())
          .containsExactly("RAISED lasting 0.0 30.0", "CLEARED lasting 0.0 30.0");
      Alarm cleared = operator.alarms().get(1);
      assertThat(cleared.reason()).isEqualTo("pattern-removed");
      assertThat(cleared.ordinal()).isEqualTo(1);
      assertThat(cleared.episode().patternVersion()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void otherPatternsOfOtherStepsTouchNeitherSequencesNorEpisodesNorAlarms(Way way)
      throws Exception {
    String changed =
        """
        apiVersion: motorwatch/v1
        version: 2
        signals:
          low: {value: current, below: 1}
          top: {value: current, above: 30}
          high: {value: current, above: 10, reset: 9}
        patterns:
          another: {sequence: [{on: low}, {any: [top, high], for: 7s}]}
          twice: {sequence: [{on: high, times: 2}], within: 1h}
          lasting: {sequence: [{on: high, for: 30s}]}
        """;
    try (OperatorHarness operator = changed(way, 10, changed)) {
      operator.currentEachSecond(10_000, 35_000, 13);
      operator.current(35_000, 5);
      operator.current(36_000, 13);
      assertThat(operator.lines())
          .containsExactly(
              "RAISED lasting 0.0 30.0", "CLEARED lasting 0.0 35.0", "RAISED twice 0.0 36.0");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aPatternOfOtherStepsStartsAgainAndCountsWhatHoldsAlready(Way way) throws Exception {
    try (OperatorHarness operator = new OperatorHarness(FIRST)) {
      operator.currentEachSecond(0, 10_000, 25);
      way.change(operator, second("[{on: high, for: 30s}]", "[{on: top, for: 12s}]"));
      operator.currentEachSecond(10_000, 20_000, 25);
      assertThat(operator.lines()).isEmpty();
    }
    try (OperatorHarness operator = new OperatorHarness(FIRST)) {
      operator.currentEachSecond(0, 10_000, 25);
      way.change(operator, second("on: high, times: 2", "on: high, for: 12s"));
      operator.currentEachSecond(10_000, 13_000, 25);
      assertThat(operator.lines()).containsExactly("RAISED twice 0.0 12.0");
    }
  }

  @ParameterizedTest
  @EnumSource
  void anOlderFileChangesNothing(Way way) throws Exception {
    try (OperatorHarness operator = new OperatorHarness(second("for: 30s", "for: 20s"))) {
      operator.currentEachSecond(0, 10_000, 13);
      way.change(operator, FIRST);
      operator.currentEachSecond(10_000, 25_000, 13);
      assertThat(operator.lines()).containsExactly("RAISED lasting 0.0 20.0");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aPatternThatIsGoneAndComesBackBeforeTheNextReadingIsNewToTheDevice(Way way)
      throws Exception {
    String without = second("  lasting: {sequence: [{on: high, for: 30s}]}\n", "");
    try (OperatorHarness operator = changed(way, 31, without)) {
      way.change(operator, FIRST.replace("version: 1", "version: 3"));
      operator.currentEachSecond(31_000, 33_000, 13);
      assertThat(operator.lines())
          .containsExactly(
              "RAISED lasting 0.0 30.0", "CLEARED lasting 0.0 30.0", "RAISED lasting 0.0 31.0");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aSignalThatIsOnlySpacedOtherwiseIsTheSame(Way way) throws Exception {
    try (OperatorHarness operator =
        changed(way, 26, second("value: current, above: 10", "value: ' current ', above: 10"))) {
      operator.currentEachSecond(26_000, 40_000, 13);
      assertThat(operator.lines()).containsExactly("RAISED lasting 0.0 30.0");
    }
  }

  @Test
  void aNewPatternTakesOverTheEpisodeThatOnlyAPatternWithOverridesHasFollowed() throws Exception {
    String file =
        """
        apiVersion: motorwatch/v1
        version: 1
        signals:
          high: {value: current, above: 10}
          low: {value: current, below: 1}
        patterns:
          p1: {sequence: [{on: high, for: 5s}], clear: {on: low}, overrides: {other: {signals: {high: {above: 20}}}}}
        """;
    try (OperatorHarness operator = new OperatorHarness(file)) {
      operator.currentEachSecond(0, 20_000, 13);
      operator.publish(
          file.replace("version: 1", "version: 2") + "  p2: {sequence: [{on: high, for: 30s}]}\n");
      operator.currentEachSecond(20_000, 40_000, 13);
      assertThat(operator.lines()).containsExactly("RAISED p1 0.0 5.0", "RAISED p2 0.0 30.0");
    }
  }

  @Test
  void twentyChangesUnderWayLoseAndDoubleNoAlarmOfAnUnchangedPattern() throws Exception {
    List<String> undisturbed = episodes(false);
    assertThat(undisturbed).hasSizeGreaterThan(2_000);
    assertThat(episodes(true)).isEqualTo(undisturbed);
  }

  @Test
  void eachChangeGivesTheThreadsOfTheFileBeforeBack() throws Exception {
    long before = timerThreads();
    try (OperatorHarness operator = new OperatorHarness(FIRST)) {
      long withOneFile = timerThreads();
      assertThat(withOneFile).isGreaterThan(before);
      for (int version = 2; version < 12; version++) {
        operator.publish(FIRST.replace("version: 1", "version: " + version));
      }
      await().untilAsserted(() -> assertThat(timerThreads()).isEqualTo(withOneFile));
    }
    await().untilAsserted(() -> assertThat(timerThreads()).isEqualTo(before));
  }

  /** Flink's shared buffers start one each. */
  private static long timerThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("Timer-"))
        .count();
  }

  private static List<String> episodes(boolean changing) throws Exception {
    List<String> lines = new ArrayList<>();
    try (OperatorHarness operator = new OperatorHarness(FIRST)) {
      int version = 1;
      for (int second = 0; second < 4_000; second++) {
        if (changing && second % 190 == 95) {
          version++;
          String other = "other: {sequence: [{on: top, for: " + version + "s}, {off: top}]}";
          operator.publish(
              FIRST
                      .replace("version: 1", "version: " + version)
                      .replace("above: 20", "above: " + version)
                  + (version % 3 == 0 ? "" : "  " + other + "\n"));
        }
        for (int device = 0; device < 25; device++) {
          boolean over = (second + device * 3) % 50 < 33;
          operator.reading(
              new DeviceId("plant", "m" + device),
              second * 1000L,
              Map.of("current", over ? 13.0 : 5.0));
        }
      }
      for (Alarm alarm : operator.alarms()) {
        if (!alarm.episode().pattern().equals("other")) {
          lines.add(alarm.episode().device() + " " + OperatorHarness.line(alarm));
        }
      }
    }
    return lines;
  }
}
