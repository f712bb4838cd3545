package io.motorwatch.tiers;

import static org.assertj.core.api.Assertions.assertThat;

import io.motorwatch.model.Aggregate;
import io.motorwatch.model.Attributes;
import io.motorwatch.model.ClockSetBack;
import io.motorwatch.model.DeviceForgotten;
import io.motorwatch.model.DeviceId;
import io.motorwatch.model.DeviceSilence;
import io.motorwatch.model.FieldLayout;
import io.motorwatch.model.FieldStatistics;
import io.motorwatch.model.Reading;
import io.motorwatch.model.TimelineEvent;
import io.motorwatch.model.TimelineReading;
import io.motorwatch.model.serialization.AggregateSerializer;
import io.motorwatch.tiers.TierSettings.Tier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TierFunctionTest {

  private static final DeviceId DEVICE = new DeviceId("plant", "motor-1");
  private static final FieldLayout CURRENT = FieldLayout.of("current");
  private static final long DAY = 86_400_000;
  private static final long START = 20_000 * DAY;
  private static final TierSettings TIERS =
      new TierSettings(
          new Tier("hot", 0, DAY),
          List.of(
              new Tier("warm", 60_000, DAY),
              new Tier("cold", 900_000, DAY),
              new Tier("archive", DAY, TierSettings.INDEFINITELY)),
          new Tier("events", 0, DAY),
          3_600_000);

  private final List<Aggregate> restored = new ArrayList<>();

  private static KeyedOneInputStreamOperatorTestHarness<String, TimelineEvent, Aggregate>
      newHarness() throws Exception {
    KeyedOneInputStreamOperatorTestHarness<String, TimelineEvent, Aggregate> made =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(new TierFunction(TIERS)),
            reading -> reading.device().path(),
            Types.STRING);
    made.setup(AggregateSerializer.INSTANCE);
    return made;
  }

  private static TimelineReading reading(long at, double value) {
    Reading reading = new Reading(DEVICE, at, at, Reading.NO_SEQ, CURRENT, new double[] {value});
    return new TimelineReading(reading, false, CURRENT, new double[] {value}, Attributes.NONE);
  }

  /** The last written value of each window, as InfluxDB would hold it. */
  private static Map<String, FieldStatistics> held(List<Aggregate> written) {
    Map<String, FieldStatistics> held = new TreeMap<>();
    for (Aggregate window : written) {
      held.put(window.tier() + "@" + window.windowStart(), window.fields().get("current"));
    }
    return held;
  }

  private static Map<String, FieldStatistics> oracle(List<TimelineReading> readings) {
    Map<String, List<TimelineReading>> windows = new TreeMap<>();
    for (TimelineReading reading : readings) {
      for (Tier tier : TIERS.aggregated()) {
        long start = reading.timestamp() - reading.timestamp() % tier.everyMs();
        windows.computeIfAbsent(tier.name() + "@" + start, k -> new ArrayList<>()).add(reading);
      }
    }
    Map<String, FieldStatistics> expected = new TreeMap<>();
    windows.forEach(
        (key, inside) -> {
          double[] values = inside.stream().mapToDouble(r -> r.latest()[0]).toArray();
          TimelineReading last =
              inside.stream().max(Comparator.comparingLong(TimelineReading::timestamp)).get();
          double sum = 0;
          double min = values[0];
          double max = values[0];
          for (double value : values) {
            sum += value;
            min = Math.min(min, value);
            max = Math.max(max, value);
          }
          expected.put(
              key,
              new FieldStatistics(
                  values.length, sum, min, max, last.latest()[0], last.timestamp()));
        });
    return expected;
  }

  @Test
  void aWindowIsWrittenWhenTheDevicesTimePassesItsEnd() throws Exception {
    try (var harness = newHarness()) {
      harness.open();
      harness.processElement(reading(START, 1), 0);
      harness.processElement(reading(START + 59_999, 3), 0);
      assertThat(harness.extractOutputValues()).isEmpty();
      harness.processElement(reading(START + 60_000, 5), 0);
      assertThat(harness.extractOutputValues())
          .containsExactly(
              new Aggregate(
                  DEVICE,
                  "warm",
                  START,
                  Map.of("current", new FieldStatistics(2, 4, 1, 3, 3, START + 59_999))));
    }
  }

  @Test
  void aLateReadingWritesItsClosedWindowsAgainAndOneTooLateDoesNot() throws Exception {
    try (var harness = newHarness()) {
      harness.open();
      harness.processElement(reading(START, 1), 0);
      harness.processElement(reading(START + 3_600_000, 1), 0);
      harness.processElement(reading(START + 1, 7), 0);
      assertThat(held(harness.extractOutputValues()).get("warm@" + START))
          .isEqualTo(new FieldStatistics(2, 8, 1, 7, 7, START + 1));
      assertThat(held(harness.extractOutputValues()).get("cold@" + START).count()).isEqualTo(2);
      int written = harness.extractOutputValues().size();
      harness.processElement(reading(START + 3_600_002, 1), 0);
      harness.processElement(reading(START + 1, 9), 0);
      assertThat(harness.extractOutputValues()).hasSize(written);
    }
  }

  @Test
  void aSilentDevicesOpenWindowsAreWrittenAndGoOnLater() throws Exception {
    try (var harness = newHarness()) {
      harness.open();
      harness.processElement(reading(START, 1), 0);
      harness.processElement(
          new DeviceSilence(DEVICE, START + 60_000, START, 60_000, Attributes.NONE), 0);
      assertThat(held(harness.extractOutputValues()).keySet())
          .containsExactlyInAnyOrder("warm@" + START, "cold@" + START, "archive@" + START);
      assertThat(harness.numProcessingTimeTimers()).isZero();
      harness.processElement(reading(START + 30_000, 3), 0);
      harness.processElement(reading(START + 2 * DAY, 3), 0);
      for (String tier : List.of("warm@", "cold@", "archive@")) {
        assertThat(held(harness.extractOutputValues()).get(tier + START).count()).isEqualTo(2);
      }
    }
  }

  @Test
  void aForgottenDevicesOpenWindowsAreWrittenAndNothingIsLeftOfIt() throws Exception {
    try (var harness = newHarness()) {
      harness.open();
      harness.processElement(reading(START, 1), 0);
      harness.processElement(reading(START + DAY + 1, 1), 0);
      harness.processElement(new DeviceForgotten(DEVICE, START + 9 * DAY, START + DAY + 1), 0);
      assertThat(held(harness.extractOutputValues()).keySet())
          .contains("warm@" + (START + DAY), "cold@" + (START + DAY), "archive@" + (START + DAY));
      assertThat(harness.numKeyedStateEntries()).isZero();
      assertThat(harness.numProcessingTimeTimers()).isZero();
    }
  }

  @ParameterizedTest(name = "{0} minutes")
  @ValueSource(ints = {1, 10, 30, 59})
  void aClockThatGoesThroughAnHourTwiceCountsEveryReadingOnce(int minutes) throws Exception {
    List<TimelineReading> accepted = new ArrayList<>();
    try (var harness = newHarness()) {
      harness.open();
      long at = START + 50 * 60_000;
      for (int second = 0; second < 3_600; second += 20) {
        accepted.add(reading(at + 1000L * second, second));
        harness.processElement(accepted.get(accepted.size() - 1), 0);
      }
      long from = accepted.get(accepted.size() - 1).timestamp();
      long to = from - minutes * 60_000L;
      harness.processElement(new ClockSetBack(DEVICE, from, to), 0);
      for (int second = 0; second < 7_200; second += 30) {
        accepted.add(reading(to + 1000L * second, second));
        harness.processElement(accepted.get(accepted.size() - 1), 0);
        if (second % 150 == 30) {
          // A moment, some minutes, a good while late.
          long late = new long[] {5_001, 120_001, 1_200_001}[second / 150 % 3];
          accepted.add(reading(to + 1000L * second - late, second));
          harness.processElement(accepted.get(accepted.size() - 1), 0);
        }
      }
      harness.processElement(reading(START + 3 * DAY, 0), 0);
      Map<String, FieldStatistics> held = held(harness.extractOutputValues());
      oracle(accepted)
          .forEach(
              (key, window) -> {
                assertThat(held.get(key)).as(key).isNotNull();
                assertThat(held.get(key).count()).as(key).isEqualTo(window.count());
                assertThat(held.get(key).sum()).as(key).isEqualTo(window.sum());
                assertThat(held.get(key).lastAt()).as(key).isEqualTo(window.lastAt());
              });
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void whateverComesLateOrIsInterruptedEveryWindowHoldsItsReadings(long seed) throws Exception {
    Random random = new Random(seed);
    List<TimelineReading> accepted = new ArrayList<>();
    var harness = newHarness();
    harness.open();
    long now = START + random.nextInt(1_000_000);
    for (int i = 0; i < 3_000; i++) {
      now += random.nextInt(100) == 0 ? random.nextInt(7_200_000) : random.nextInt(90_000);
      long at = random.nextInt(10) == 0 ? now - random.nextInt(3_600_000) : now;
      double value = random.nextInt(1000) / 8.0;
      TimelineReading next = reading(at, value);
      boolean first = accepted.isEmpty();
      now = first ? at : Math.max(now, at);
      accepted.add(next);
      harness.processElement(next, 0);
      if (random.nextInt(500) == 0) {
        OperatorSubtaskState snapshot = harness.snapshot(i, i);
        restored.addAll(harness.extractOutputValues());
        harness.close();
        harness = newHarness();
        harness.initializeState(snapshot);
        harness.open();
      }
      // A late reading must find the device's time where it was left.
      TimelineReading anchor = reading(now, value);
      if (at < now) {
        accepted.add(anchor);
        harness.processElement(anchor, 0);
      }
    }
    harness.processElement(reading(now + 3 * DAY, 0), 0);
    restored.addAll(harness.extractOutputValues());
    harness.close();
    Map<String, FieldStatistics> held = held(restored);
    Map<String, FieldStatistics> expected = oracle(accepted);
    assertThat(held.keySet()).containsExactlyElementsOf(expected.keySet());
    expected.forEach(
        (key, window) -> {
          FieldStatistics found = held.get(key);
          assertThat(found.count()).as(key).isEqualTo(window.count());
          assertThat(found.sum()).as(key).isCloseTo(window.sum(), Offset.offset(1e-6));
          assertThat(found.min()).as(key).isEqualTo(window.min());
          assertThat(found.max()).as(key).isEqualTo(window.max());
          assertThat(found.lastAt()).as(key).isEqualTo(window.lastAt());
        });
  }
}
