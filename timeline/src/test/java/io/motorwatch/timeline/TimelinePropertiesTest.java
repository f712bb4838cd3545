package io.motorwatch.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.motorwatch.model.ClockSetBack;
import io.motorwatch.model.DeviceEvent;
import io.motorwatch.model.DeviceForgotten;
import io.motorwatch.model.DeviceStatus;
import io.motorwatch.model.FieldLayout;
import io.motorwatch.model.Reading;
import io.motorwatch.model.StatusReport;
import io.motorwatch.model.TimelineEvent;
import io.motorwatch.model.TimelineReading;
import io.motorwatch.model.serialization.TimelineEventSerializer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a device sends, the timeline emits what the simple {@link TimelineOracle} expects. */
class TimelinePropertiesTest {

  private static final int STEPS = 2_000;
  private static final long DAY = 86_400_000;

  private static KeyedOneInputStreamOperatorTestHarness<String, DeviceEvent, TimelineEvent> open(
      long reorderWindow, OperatorSubtaskState from) throws Exception {
    TimelineSettings config =
        new TimelineSettings(
            DAY, reorderWindow, 60_000, 60_000, 30 * DAY, 300_000, 1_000_000, 946_684_800_000L);
    KeyedOneInputStreamOperatorTestHarness<String, DeviceEvent, TimelineEvent> made =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(new TimelineFunction(config, Long.MAX_VALUE, "")),
            event -> event.device().path(),
            Types.STRING);
    made.setup(TimelineEventSerializer.INSTANCE);
    if (from != null) {
      made.initializeState(from);
    }
    made.open();
    return made;
  }

  private static List<String> lines(List<TimelineEvent> events) {
    List<String> lines = new ArrayList<>();
    for (TimelineEvent event : events) {
      if (event instanceof TimelineReading reading) {
        lines.add((reading.late() ? "late " : "") + reading.timestamp());
      } else if (event instanceof ClockSetBack) {
        lines.add("back");
      }
    }
    return lines;
  }

  /** Thousands of lines are no help: the first that differ are. */
  private static void assertSame(List<String> actual, List<String> expected) {
    int at = 0;
    while (at < Math.min(actual.size(), expected.size())
        && actual.get(at).equals(expected.get(at))) {
      at++;
    }
    assertThat(actual.subList(at, Math.min(actual.size(), at + 5)))
        .as("from outcome %d on", at)
        .isEqualTo(expected.subList(at, Math.min(expected.size(), at + 5)));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void whateverADeviceSendsIsTakenAsTheOracleTakesIt(long seed) throws Exception {
    List<Reading> readings = new UnrulyDevice(seed).readings(STEPS);
    TimelineOracle oracle = new TimelineOracle();
    try (var harness = open(0, null)) {
      for (Reading reading : readings) {
        oracle.take(reading);
        harness.processElement(reading, 0);
      }
      harness.processElement(new StatusReport(UnrulyDevice.DEVICE, false, true, 1), 0);
      assertSame(lines(harness.extractOutputValues()), oracle.lines);
      assertThat(harness.getSideOutput(TimelineFunction.REJECTED)).hasSize(oracle.duplicates);
      DeviceStatus last =
          harness.getSideOutput(TimelineFunction.STATUS).stream()
              .reduce((a, b) -> b)
              .orElseThrow()
              .getValue();
      assertThat(last.lost()).isEqualTo(oracle.lost());
      harness.setProcessingTime(Long.MAX_VALUE - 1);
      assertThat(harness.extractOutputValues()).anyMatch(DeviceForgotten.class::isInstance);
      assertThat(harness.numKeyedStateEntries()).isZero();
      assertThat(harness.numProcessingTimeTimers()).isZero();
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void failuresBetweenWhateverCheckpointsChangeNothing(long seed) throws Exception {
    Random random = new Random(seed);
    UnrulyDevice device = new UnrulyDevice(seed);
    List<Reading> readings = device.readings(STEPS);
    TimelineOracle oracle = new TimelineOracle();
    readings.forEach(oracle::take);
    List<String> kept = new ArrayList<>();
    OperatorSubtaskState checkpoint = null;
    int checkpointAt = 0;
    int redeliveredTo = 0;
    var harness = open(0, null);
    for (int i = 0; i < readings.size(); i++) {
      Reading reading = readings.get(i);
      harness.processElement(i < redeliveredTo ? reading.asRedelivered() : reading, 0);
      if (random.nextInt(200) == 0) {
        checkpoint = harness.snapshot(i, i);
        kept.addAll(lines(harness.extractOutputValues()));
        harness.getOutput().clear();
        checkpointAt = i + 1;
      } else if (random.nextInt(300) == 0) {
        harness.close();
        harness = open(0, checkpoint);
        redeliveredTo = Math.max(redeliveredTo, i + 1);
        i = checkpointAt - 1;
      }
    }
    kept.addAll(lines(harness.extractOutputValues()));
    harness.close();
    assertSame(kept, oracle.lines);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void whatIsOvertakenWithinTheReorderWindowComesOutInOrder(long seed) throws Exception {
    Random random = new Random(seed);
    FieldLayout layout = FieldLayout.of("current");
    List<Reading> readings = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      long at = 1_800_000_000_000L + 20L * i;
      long arrival = at + random.nextInt(250);
      readings.add(new Reading(UnrulyDevice.DEVICE, at, arrival, i, layout, new double[] {i}));
    }
    readings.sort(Comparator.comparingLong(Reading::arrivedAt));
    try (var harness = open(250, null)) {
      for (Reading reading : readings) {
        harness.setProcessingTime(reading.arrivedAt());
        harness.processElement(reading, 0);
      }
      harness.setProcessingTime(1_800_000_000_000L + 20L * 3_000 + 1_000);
      List<String> sorted =
          readings.stream().map(Reading::timestamp).sorted().map(String::valueOf).toList();
      assertThat(lines(harness.extractOutputValues())).isEqualTo(sorted);
    }
  }
}
