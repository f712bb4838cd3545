package io.motorwatch.tiers;

import static org.assertj.core.api.Assertions.assertThat;

import io.motorwatch.model.Aggregate;
import io.motorwatch.model.Attributes;
import io.motorwatch.model.DeviceForgotten;
import io.motorwatch.model.DeviceId;
import io.motorwatch.model.FieldLayout;
import io.motorwatch.model.FieldStatistics.Further;
import io.motorwatch.model.Reading;
import io.motorwatch.model.TimelineEvent;
import io.motorwatch.model.TimelineReading;
import io.motorwatch.model.serialization.AggregateSerializer;
import io.motorwatch.tiers.TierSettings.Tier;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
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

/** Standard deviation, quantiles and counters of the windows, and when they are written. */
class FurtherStatisticsTest {

  private static final DeviceId DEVICE = new DeviceId("plant", "motor-1");
  private static final FieldLayout FIELDS = FieldLayout.of("current", "energy");
  private static final long DAY = 86_400_000;
  private static final long START = 20_000 * DAY;
  private static final long SPREAD = 5_000;
  private static final Attributes COUNTERS =
      new Attributes(Map.of(), Map.of(), Map.of("counters", List.of("energy")));

  private static TierSettings tiers(long spread) {
    FurtherStatistics all = new FurtherStatistics(true, List.of(0.5, 0.95, 0.999));
    return new TierSettings(
        new Tier("hot", 0, DAY),
        List.of(
            new Tier("warm", 60_000, DAY),
            new Tier("cold", 900_000, DAY, all),
            new Tier("archive", DAY, DAY, all)),
        new Tier("events", 0, DAY),
        3_600_000,
        ZoneOffset.UTC,
        spread);
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, TimelineEvent, Aggregate> harness(
      long spread) throws Exception {
    KeyedOneInputStreamOperatorTestHarness<String, TimelineEvent, Aggregate> made =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(new TierFunction(tiers(spread))),
            event -> event.device().path(),
            Types.STRING);
    made.setup(AggregateSerializer.INSTANCE);
    return made;
  }

  private static TimelineReading reading(long at, double current, double energy) {
    double[] values = {current, energy};
    return TimelineReading.complete(
        new Reading(DEVICE, at, at, Reading.NO_SEQ, FIELDS, values), COUNTERS);
  }

  /** The last written of each window, by tier and start. */
  private static Map<String, Aggregate> held(List<Aggregate> written) {
    Map<String, Aggregate> held = new TreeMap<>();
    written.forEach(window -> held.put(window.tier() + "@" + window.windowStart(), window));
    return held;
  }

  private static Map<String, Double> further(Aggregate window, String field) {
    Map<String, Double> byName = new TreeMap<>();
    for (Further further : window.fields().get(field).further()) {
      byName.put(further.suffix(), further.value());
    }
    return byName;
  }

  @Test
  void deviationAndQuantilesAreThoseOfAllReadingsWhateverCameLateOrWasRestored() throws Exception {
    Random random = new Random(3);
    List<Double> values = new ArrayList<>();
    List<Aggregate> written = new ArrayList<>();
    double counter = 0;
    var harness = harness(0);
    harness.open();
    for (int i = 0; i < 4_000; i++) {
      long now = START + 20_000L * i;
      boolean late = i > 200 && random.nextInt(20) == 0;
      double value = 100 + 30 * random.nextGaussian();
      values.add(value);
      counter = late ? counter : i;
      harness.processElement(reading(late ? now - random.nextInt(3_000_000) : now, value, i), 0);
      if (i % 1_500 == 1_499) {
        OperatorSubtaskState snapshot = harness.snapshot(i, i);
        written.addAll(harness.extractOutputValues());
        harness.close();
        harness = harness(0);
        harness.initializeState(snapshot);
        harness.open();
      }
    }
    harness.processElement(reading(START + 2 * DAY, 0, 4_000), 0);
    written.addAll(harness.extractOutputValues());
    harness.close();

    Map<String, Double> day = further(held(written).get("archive@" + START), "current");
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    double mean = Arrays.stream(sorted).average().orElseThrow();
    double squares = Arrays.stream(sorted).map(value -> (value - mean) * (value - mean)).sum();
    assertThat(day.get("_stddev"))
        .isCloseTo(Math.sqrt(squares / (sorted.length - 1)), Offset.offset(1e-6));
    for (double quantile : new double[] {0.5, 0.95, 0.999}) {
      double exact = sorted[(int) (quantile * (sorted.length - 1))];
      assertThat(day.get(Aggregates.suffix(quantile)))
          .as("quantile %s", quantile)
          .isCloseTo(exact, Offset.offset(Math.abs(exact) * 1.01 * QuantileSketches.ACCURACY));
    }
    assertThat(further(held(written).get("warm@" + START), "current")).isEmpty();
    assertThat(further(held(written).get("archive@" + START), "energy").get("_increase"))
        .isEqualTo(counter);
  }

  @Test
  void aSingleReadingHasNoDeviationAndItsQuantilesAreItself() throws Exception {
    try (var harness = harness(0)) {
      harness.open();
      harness.processElement(reading(START, 12.5, 0), 0);
      harness.processElement(reading(START + DAY, 1, 0), 0);
      assertThat(further(held(harness.extractOutputValues()).get("cold@" + START), "current"))
          .isEqualTo(Map.of("_p50", 12.5, "_p95", 12.5, "_p999", 12.5));
    }
  }

  @Test
  void quantilesAreNamedByTheirPercents() {
    assertThat(List.of(0.5, 0.05, 0.95, 0.999, 0.9, 0.0001).stream().map(Aggregates::suffix))
        .containsExactly("_p50", "_p05", "_p95", "_p999", "_p90", "_p0001");
  }

  @Test
  void aCountersGainsAddUpOverWindowsTiersAndResets() throws Exception {
    try (var harness = harness(0)) {
      harness.open();
      harness.processElement(reading(START, 1, 100), 0);
      harness.processElement(reading(START + 30_000, 1, 104), 0);
      harness.processElement(reading(START + 60_000, 1, 110), 0);
      harness.processElement(reading(START + 90_000, 1, 3), 0);
      harness.processElement(reading(START + 70_000, 1, 112), 0);
      harness.processElement(reading(START + 900_000, 1, 5), 0);
      harness.processElement(reading(START + DAY, 1, 5), 0);
      Map<String, Aggregate> held = held(harness.extractOutputValues());
      assertThat(further(held.get("warm@" + START), "energy").get("_increase")).isEqualTo(4);
      assertThat(further(held.get("warm@" + (START + 60_000)), "energy").get("_increase"))
          .isEqualTo(9);
      assertThat(further(held.get("cold@" + START), "energy").get("_increase")).isEqualTo(13);
      assertThat(further(held.get("archive@" + START), "energy").get("_increase")).isEqualTo(15);
      assertThat(further(held.get("warm@" + START), "current")).isEmpty();
    }
  }

  @Test
  void aClosedWindowIsWrittenWithinTheSpreadAndOnceHoweverOftenItIsCorrected() throws Exception {
    try (var harness = harness(SPREAD)) {
      harness.open();
      harness.setProcessingTime(1_000_000);
      harness.processElement(reading(START, 1, 0), 0);
      harness.processElement(reading(START + 60_000, 1, 0), 0);
      harness.processElement(reading(START + 1, 2, 0), 0);
      harness.processElement(reading(START + 2, 3, 0), 0);
      assertThat(harness.extractOutputValues()).isEmpty();
      assertThat(harness.numProcessingTimeTimers()).isEqualTo(1);
      harness.setProcessingTime(1_000_000 + SPREAD);
      assertThat(harness.extractOutputValues()).hasSize(1);
      assertThat(harness.extractOutputValues().get(0).fields().get("current").count()).isEqualTo(3);
      assertThat(harness.numProcessingTimeTimers()).isZero();
    }
  }

  @Test
  void whatWaitsSurvivesARestore() throws Exception {
    OperatorSubtaskState snapshot;
    try (var harness = harness(SPREAD)) {
      harness.open();
      harness.processElement(reading(START, 1, 0), 0);
      harness.processElement(reading(START + 60_000, 1, 0), 0);
      snapshot = harness.snapshot(1, 1);
    }
    try (var harness = harness(SPREAD)) {
      harness.initializeState(snapshot);
      harness.open();
      harness.setProcessingTime(SPREAD);
      assertThat(held(harness.extractOutputValues()).keySet()).containsExactly("warm@" + START);
    }
  }

  @Test
  void whatWaitsIsWrittenAlsoWhereTheNextJobHasNoSpread() throws Exception {
    OperatorSubtaskState savepoint;
    try (var harness = harness(SPREAD)) {
      harness.open();
      harness.processElement(reading(START, 1, 1), 0);
      harness.processElement(reading(START + 60_000, 2, 1), 0);
      harness.processElement(reading(START + 120_000, 3, 1), 0);
      savepoint = harness.snapshot(1, 1);
    }
    try (var harness = harness(0)) {
      harness.initializeState(savepoint);
      harness.open();
      // A correction of the first minute is written at once, and not undone by what waited.
      harness.processElement(reading(START + 1, 5, 1), 0);
      harness.setProcessingTime(SPREAD);
      Map<String, Aggregate> held = held(harness.extractOutputValues());
      assertThat(held.get("warm@" + START).fields().get("current").count()).isEqualTo(2);
      assertThat(held).containsKey("warm@" + (START + 60_000));
      harness.processElement(new DeviceForgotten(DEVICE, 0, START), 0);
      assertThat(harness.numKeyedStateEntries()).isZero();
      assertThat(harness.numProcessingTimeTimers()).isZero();
    }
  }

  @Test
  void aForgottenDeviceHasAllThatWaitedWrittenAndLeavesNoTimer() throws Exception {
    try (var harness = harness(SPREAD)) {
      harness.open();
      harness.setProcessingTime(1_000_000);
      harness.processElement(reading(START, 1, 0), 0);
      harness.processElement(reading(START + DAY, 1, 0), 0);
      harness.processElement(new DeviceForgotten(DEVICE, 1_000_000, START + DAY), 0);
      assertThat(held(harness.extractOutputValues()).keySet())
          .contains("warm@" + START, "archive@" + START, "archive@" + (START + DAY));
      assertThat(harness.numProcessingTimeTimers()).isZero();
      assertThat(harness.numKeyedStateEntries()).isZero();
    }
  }

  @Test
  void devicesHaveTheirMomentsAllOverTheSpread() throws Exception {
    int devices = 1_000;
    try (var harness = harness(SPREAD)) {
      harness.open();
      harness.setProcessingTime(1_000_000);
      for (int i = 0; i < devices; i++) {
        DeviceId device = new DeviceId("plant", "motor-" + i);
        for (long at : new long[] {START, START + 60_000}) {
          Reading reading = new Reading(device, at, at, Reading.NO_SEQ, FIELDS, new double[2]);
          harness.processElement(TimelineReading.complete(reading, Attributes.NONE), 0);
        }
      }
      int before = 0;
      for (int fifth = 1; fifth <= 5; fifth++) {
        harness.setProcessingTime(1_000_000 + fifth * SPREAD / 5);
        int written = harness.extractOutputValues().size();
        assertThat(written - before).isBetween(devices / 10, devices * 3 / 10);
        before = written;
      }
      assertThat(before).isEqualTo(devices);
    }
  }
}
