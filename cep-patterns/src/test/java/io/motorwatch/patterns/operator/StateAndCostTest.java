package io.motorwatch.patterns.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.motorwatch.model.Attributes;
import io.motorwatch.model.DeviceId;
import io.motorwatch.model.FieldLayout;
import io.motorwatch.model.Reading;
import io.motorwatch.model.TimelineReading;
import io.motorwatch.patterns.definition.PatternFileParser;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a device costs with a file of fourteen patterns. */
class StateAndCostTest {

  private static final int PATTERNS = 14;
  private static final int READINGS = 100_000;
  private static final int FLEET = 100_000;

  /** Of the 400 bytes a device may keep, less room for some further patterns. */
  private static final int ROOM_LEFT = 340;

  private static final FieldLayout CURRENT = FieldLayout.of("current");

  private static String fourteenPatterns() {
    StringBuilder file = new StringBuilder("apiVersion: motorwatch/v1\nversion: 1\nsignals:\n");
    for (int i = 0; i < PATTERNS; i++) {
      file.append("  s%d: {value: current / ratedCurrent, above: %d}\n".formatted(i, 2 + i));
    }
    file.append("patterns:\n");
    for (int i = 0; i < PATTERNS; i++) {
      file.append("  p%d: {sequence: [{on: s%d, for: 30s}], ".formatted(i, i));
      file.append("overrides: {plant/other: {signals: {s%d: {above: 50}}}}}\n".formatted(i));
    }
    return file.toString();
  }

  private static final Attributes NAMEPLATE =
      Attributes.ofNumbers(
          Map.of(
              "ratedCurrent", 10.0,
              "ratedSpeed", 1480.0,
              "ratedVoltage", 400.0,
              "tripClass", 10.0,
              "maxTemperature", 110.0));

  /** A motor with all the fields the shipped patterns ask for. */
  private static void motor(
      OperatorHarness operator, DeviceId device, long at, double current, Random noise)
      throws Exception {
    operator.reading(
        device,
        at,
        Map.of(
            "current", tenth(current * (1 + 0.02 * noise.nextGaussian())),
            "currentA", tenth(current * (1 + 0.02 * noise.nextGaussian())),
            "currentB", tenth(current * (1 + 0.02 * noise.nextGaussian())),
            "currentC", tenth(current * (1 + 0.02 * noise.nextGaussian())),
            "voltage", tenth(400 + noise.nextGaussian()),
            "speed", current == 0 ? 0.0 : Math.rint(1478 + noise.nextGaussian()),
            "temperature", tenth(61 + noise.nextGaussian())));
  }

  private static double tenth(double value) {
    return Math.rint(value * 10) / 10;
  }

  @Test
  void aHealthyDeviceKeepsAtMostFourHundredBytesWithTheShippedPatterns() throws Exception {
    Random noise = new Random(6);
    long begin = 1_710_000_000_123L;
    try (OperatorHarness operator =
        new OperatorHarness(Files.readString(Path.of("../conf/patterns.yaml")))) {
      operator.attributes(NAMEPLATE);
      long at = begin;
      for (int start = 0; start < 2; start++) {
        for (int i = 0; i < 60; i++, at += 1_000) {
          motor(operator, OperatorHarness.DEVICE, at, i < 10 ? 0 : i < 13 ? 55 : 9, noise);
        }
        at += 100;
      }
      for (; at < begin + 3_500_000; at += 1_000) {
        motor(operator, OperatorHarness.DEVICE, at, 9, noise);
      }
      // Both starts are within the hour still.
      assertThat(operator.stateBytes(OperatorHarness.DEVICE)).isLessThanOrEqualTo(ROOM_LEFT);
      for (; at < begin + 4_000_000; at += 1_000) {
        motor(operator, OperatorHarness.DEVICE, at, 9, noise);
      }
      assertThat(operator.lines()).isEmpty();
      assertThat(operator.state(OperatorHarness.DEVICE).sequences).isEmpty();
      assertThat(operator.stateBytes(OperatorHarness.DEVICE)).isLessThanOrEqualTo(ROOM_LEFT);
    }
  }

  @Test
  void ofAHundredThousandHealthyDevicesNoneKeepsASequenceOrMoreThanFourHundredBytes()
      throws Exception {
    Random noise = new Random(7);
    long begin = 1_710_000_000_123L;
    try (OperatorHarness operator =
        new OperatorHarness(Files.readString(Path.of("../conf/patterns.yaml")))) {
      operator.attributes(NAMEPLATE);
      for (int i = 0; i < FLEET; i++) {
        DeviceId device = new DeviceId("plant", "motor-" + i);
        long at = begin + noise.nextInt(3_600_000);
        double load = 6 + 4 * noise.nextDouble();
        // Stopped, started, running; one in three twice.
        for (int start = 0; start <= (i % 3 == 0 ? 1 : 0); start++) {
          for (int n = 0; n < 8; n++, at += 500 + noise.nextInt(2_000)) {
            motor(operator, device, at, n < 2 ? 0 : n < 3 ? 5.5 * load : load, noise);
          }
        }
      }
      assertThat(operator.lines()).isEmpty();
      assertThat(operator.keyedStateEntries()).isEqualTo(FLEET);
      assertThat(operator.timers()).isZero();
      long bytes = 0;
      int most = 0;
      for (int i = 0; i < FLEET; i++) {
        DeviceId device = new DeviceId("plant", "motor-" + i);
        assertThat(operator.state(device).sequences).as("sequences of %s", device).isEmpty();
        int each = operator.stateBytes(device);
        bytes += each;
        most = Math.max(most, each);
      }
      assertThat(most).isLessThanOrEqualTo(400);
      assertThat((double) bytes / FLEET).isLessThanOrEqualTo(ROOM_LEFT);
    }
  }

  @Test
  void aHealthyDeviceKeepsAtMostFourHundredBytesAndNoSequence() throws Exception {
    try (OperatorHarness operator = new OperatorHarness(fourteenPatterns())) {
      operator.currentEachSecond(0, 10_000, 9);
      assertThat(operator.state(OperatorHarness.DEVICE).sequences).isEmpty();
      assertThat(operator.stateBytes(OperatorHarness.DEVICE)).isLessThanOrEqualTo(400);
      assertThat(operator.keyedStateEntries()).isEqualTo(1);
      assertThat(operator.timers()).isZero();
    }
  }

  @Test
  void aReadingOfAHealthyDeviceAllocatesNothing() throws Exception {
    String file = fourteenPatterns();
    try (OperatorHarness operator = new OperatorHarness(file);
        PatternEvaluator evaluator =
            new PatternEvaluator(PatternFileParser.parse(file), file, operator.runtimeContext())) {
      Attributes attributes = Attributes.ofNumbers(Map.of("ratedCurrent", 10.0));
      DeviceState state = evaluator.newState();
      TimelineReading[] readings = new TimelineReading[READINGS];
      for (int i = 0; i < READINGS; i++) {
        double[] value = {8 + i % 5};
        Reading reading = new Reading(OperatorHarness.DEVICE, i * 1000L, 0, i, CURRENT, value);
        readings[i] = new TimelineReading(reading, false, CURRENT, value, attributes);
      }
      ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
      long before = 0;
      for (int i = 0; i < READINGS; i++) {
        if (i == READINGS / 2) {
          before = threads.getCurrentThreadAllocatedBytes();
        }
        evaluator.evaluate(readings[i], state, alarm -> {});
      }
      long allocated = threads.getCurrentThreadAllocatedBytes() - before;
      assertThat(allocated / (READINGS / 2)).isZero();
    }
  }

  @Test
  void twoThousandEpisodesOfASequenceWithoutEndLeaveNoMoreThanOne() throws Exception {
    String file = fourteenPatterns() + "  q: {sequence: [{on: s0, for: 1s}, {on: s13}]}\n";
    try (OperatorHarness operator = new OperatorHarness(file)) {
      int afterTen = 0;
      for (int i = 0; i < 2_000; i++) {
        operator.current(i * 10_000L, 25);
        operator.current(i * 10_000L + 1_000, 25);
        operator.current(i * 10_000L + 2_000, 5);
        afterTen = i == 10 ? operator.stateBytes(OperatorHarness.DEVICE) : afterTen;
      }
      assertThat(operator.state(OperatorHarness.DEVICE).sequences).hasSize(1);
      assertThat(operator.stateBytes(OperatorHarness.DEVICE)).isLessThan(afterTen + 50);
      assertThat(operator.timers()).isZero();
    }
  }
}
