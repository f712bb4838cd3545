package io.motorwatch.patterns.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.motorwatch.model.Attributes;
import io.motorwatch.model.FieldLayout;
import io.motorwatch.model.Reading;
import io.motorwatch.model.TimelineReading;
import io.motorwatch.patterns.definition.PatternFileParser;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The memory of stateful functions, through failures and changed files, and its cost. */
class StatefulFunctionsRestoredTest {

  private static final String STARTS =
      """
      apiVersion: motorwatch/v1
      version: 1
      signals:
        starts: {value: startsWithin(1h), above: 2.5, reset: 2.5}
      patterns:
        too-many: {sequence: [{on: starts}]}
      """;

  private static final String ALL =
      """
      apiVersion: motorwatch/v1
      version: 1
      defaults: {tripClass: 10}
      signals:
        a: {value: 'thermal(current, ratedCurrent, tripClass)', above: 0.9}
        b: {value: 'unbalance(current, current, current)', above: 0.9}
        c: {value: startsWithin(1h), above: 3}
        d: {value: 'abs(rate(current, 60s))', above: 9}
        e: {value: 'mean(current, 5m) + deviation(current, 5m)', above: 99}
        f: {value: 'zscore(current, 10s)', above: 9}
        g: {value: 'residual(current, [2 * current, tripClass], 10s)', above: 99}
        h: {value: 'startTime() + startHeat() + startPeak() + learnedStartHeat(tripClass)', above: 99}
        i: {value: 'timeToTrip(current, ratedCurrent, tripClass)', below: -1}
      patterns:
        p: {sequence: [{any: [a, b, c, d, e, f, g, h, i]}]}
      """;

  private static void start(OperatorHarness operator, long at) throws Exception {
    operator.current(at, 0);
    operator.current(at + 1_000, 60);
    operator.current(at + 3_000, 9);
  }

  @Test
  void aFailureBetweenTheStartsForgetsNone() throws Exception {
    try (OperatorHarness operator = new OperatorHarness(STARTS)) {
      start(operator, 0);
      operator.failAndRestore();
      start(operator, 10_000);
      operator.failAndRestore();
      start(operator, 20_000);
      assertThat(operator.lines()).containsExactly("RAISED too-many 21.0 21.0");
    }
  }

  @Test
  void aChangedFileKeepsWhatTheSameCallRemembers() throws Exception {
    try (OperatorHarness operator = new OperatorHarness(STARTS)) {
      start(operator, 0);
      start(operator, 10_000);
      operator.publish(
          STARTS
              .replace("version: 1", "version: 2")
              .replace("above: 2.5, reset: 2.5", "above: 1.5, reset: 1.5")
              .replace("signals:", "signals:\n  other: {value: 'mean(current, 5m)', above: 99}"));
      operator.current(20_000, 9);
      assertThat(operator.lines()).containsExactly("RAISED too-many 20.0 20.0");
    }
  }

  @Test
  void whatWasLearnedIsRestoredExactly() throws Exception {
    String file =
        """
        apiVersion: motorwatch/v1
        version: 1
        signals:
          odd: {value: 'abs(residual(current, [rate(current, 3s)], 100s))', above: 1.5}
          slow: {value: 'startTime() + startHeat() + startPeak()', above: 3.01, reset: 3}
          near: {value: 'timeToTrip(current, ratedCurrent, 10) - learnedStartHeat(10)', below: 200}
        patterns:
          odd: {sequence: [{on: odd}]}
          slow: {sequence: [{on: slow}]}
          near: {sequence: [{on: near}]}
        """;
    try (OperatorHarness operator = new OperatorHarness(file);
        OperatorHarness failing = new OperatorHarness(file)) {
      Random random = new Random(1);
      for (int i = 0; i < 2_000; i++) {
        double current = i % 40 < 5 ? 0 : i % 40 < 9 + random.nextInt(2) ? 60 : 9;
        current *= 1 + 0.1 * random.nextGaussian();
        operator.current(i * 1_000L, current);
        failing.current(i * 1_000L, current);
        if (random.nextInt(20) == 0) {
          failing.failAndRestore();
        }
      }
      assertThat(failing.lines()).hasSizeGreaterThan(100).isEqualTo(operator.lines());
    }
  }

  @Test
  void whatOnlyPatternsOfOtherDevicesUseCostsADeviceNothingUntilOneApplies() throws Exception {
    String file =
        STARTS.replace("[{on: starts}]", "[{on: starts}], applies-to: {baselines: [learned]}");
    try (OperatorHarness operator = new OperatorHarness(file)) {
      start(operator, 0);
      start(operator, 10_000);
      int without = operator.stateBytes(OperatorHarness.DEVICE);
      operator.attributes(
          new Attributes(Map.of("ratedCurrent", 10.0), Map.of("baselines", "learned"), Map.of()));
      start(operator, 20_000);
      assertThat(operator.stateBytes(OperatorHarness.DEVICE)).isGreaterThan(without + 20);
      start(operator, 30_000);
      assertThat(operator.lines()).isEmpty();
      start(operator, 40_000);
      assertThat(operator.lines()).containsExactly("RAISED too-many 41.0 41.0");
      operator.attributes(Attributes.ofNumbers(Map.of("ratedCurrent", 10.0)));
      operator.currentEachSecond(50_000, 3_700_000, 9);
      assertThat(operator.lines()).hasSize(2).last().asString().startsWith("CLEARED too-many");
    }
  }

  @Test
  void anAbsurdReadingLeavesNoAlarmOpenForEver() throws Exception {
    String file =
        """
        apiVersion: motorwatch/v1
        version: 1
        signals:
          hot: {value: 'thermal(current, ratedCurrent, 10)', above: 0.85, reset: 0.8}
          spread: {value: 'deviation(current, 10s)', above: 5}
        patterns:
          thermal: {sequence: [{on: hot}]}
          uneven: {sequence: [{on: spread}]}
        """;
    try (OperatorHarness operator = new OperatorHarness(file)) {
      operator.currentEachSecond(0, 10_000, 9);
      operator.current(10_000, 1e100);
      operator.failAndRestore();
      operator.currentEachSecond(11_000, 100_000, 9);
      assertThat(operator.lines()).isEmpty();
      operator.current(100_000, 300);
      assertThat(operator.lines())
          .containsExactly("RAISED thermal 100.0 100.0", "RAISED uneven 100.0 100.0");
    }
  }

  @Test
  void aReadingOfAHealthyDeviceAllocatesNothing() throws Exception {
    int readings = 100_000;
    FieldLayout layout = FieldLayout.of("current");
    try (OperatorHarness operator = new OperatorHarness(ALL);
        PatternEvaluator evaluator =
            new PatternEvaluator(PatternFileParser.parse(ALL), ALL, operator.runtimeContext())) {
      Attributes nameplate = Attributes.ofNumbers(Map.of("ratedCurrent", 10.0));
      DeviceState state = evaluator.newState();
      ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
      TimelineReading[] given = new TimelineReading[readings];
      for (int i = 0; i < readings; i++) {
        double[] value = {8 + i % 5 / 10.0};
        Reading reading = new Reading(OperatorHarness.DEVICE, i * 1000L, 0, i, layout, value);
        given[i] = new TimelineReading(reading, false, layout, value, nameplate);
      }
      long before = 0;
      for (int i = 0; i < readings; i++) {
        if (i == readings / 2) {
          before = threads.getCurrentThreadAllocatedBytes();
        }
        evaluator.evaluate(given[i], state, alarm -> {});
      }
      long allocated = threads.getCurrentThreadAllocatedBytes() - before;
      assertThat(allocated / (readings / 2)).isZero();
    }
  }
}
