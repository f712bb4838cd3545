package io.motorwatch.jobs.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.motorwatch.model.Aggregate;
import io.motorwatch.model.Alarm;
import io.motorwatch.model.DeviceEvent;
import io.motorwatch.model.DeviceId;
import io.motorwatch.model.FieldLayout;
import io.motorwatch.model.Reading;
import io.motorwatch.model.TimelineEvent;
import io.motorwatch.model.serialization.AggregateSerializer;
import io.motorwatch.model.serialization.AlarmSerializer;
import io.motorwatch.model.serialization.TimelineEventSerializer;
import io.motorwatch.patterns.operator.PatternOperator;
import io.motorwatch.tiers.TierFunction;
import io.motorwatch.tiers.TierSettings;
import io.motorwatch.tiers.TierSettings.Tier;
import io.motorwatch.timeline.TimelineFunction;
import io.motorwatch.timeline.TimelineSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** No device's clock is any other device's business. */
class IsolationTest {

  private static final FieldLayout CURRENT = FieldLayout.of("current");
  private static final int HEALTHY = 1_000;
  private static final int SECONDS = 130;
  private static final long DAY = 86_400_000;
  private static final long NOW = 20_000 * DAY;
  private static final String AHEAD = "ahead";
  private static final String BEHIND = "behind";
  private static final String BACKLOG = "backlog";
  private static final List<String> ODD = List.of(AHEAD, BEHIND, BACKLOG);

  /** What came of a run, of some devices. */
  private record Outcome(List<Alarm> alarms, List<Aggregate> aggregates) {

    Outcome without(List<String> devices) {
      return new Outcome(
          alarms.stream()
              .filter(alarm -> !devices.contains(alarm.episode().device().device()))
              .toList(),
          aggregates.stream()
              .filter(window -> !devices.contains(window.device().device()))
              .toList());
    }

    List<Alarm> alarmsOf(String device) {
      return alarms.stream()
          .filter(alarm -> alarm.episode().device().device().equals(device))
          .toList();
    }
  }

  private static DeviceEvent reading(String device, long at, long arrivedAt, double current) {
    double[] values = {current};
    return new Reading(
        new DeviceId("plant", device), at, arrivedAt, Reading.NO_SEQ, CURRENT, values);
  }

  /** Overloaded from the 20th to the 90th second, each motor by itself. */
  private static double current(long second) {
    return second >= 20 && second < 90 ? 13 : 9;
  }

  private static List<DeviceEvent> healthy() {
    List<DeviceEvent> events = new ArrayList<>();
    for (int second = 0; second < SECONDS; second++) {
      long at = NOW + 1000L * second;
      for (int i = 0; i < HEALTHY; i++) {
        events.add(reading("motor-" + i, at, at + 20, i % 3 == 0 ? current(second) : 9));
      }
    }
    return events;
  }

  private static List<DeviceEvent> odd() {
    List<DeviceEvent> events = new ArrayList<>();
    for (int second = 0; second < SECONDS; second++) {
      long arrival = NOW + 1000L * second + 20;
      events.add(reading(AHEAD, arrival + 600_000, arrival, current(second)));
      events.add(reading(BEHIND, arrival - 3_600_000, arrival, current(second)));
    }
    for (int i = 0; i < DAY / 10_000; i++) {
      long at = NOW - DAY + 10_000L * i;
      boolean overloaded = i >= 4_000 && i < 4_020;
      long arrival = NOW + 1000L * SECONDS * i / (DAY / 10_000);
      events.add(reading(BACKLOG, at, arrival, overloaded ? 13 : 9));
    }
    return events;
  }

  private static <I, O> List<O> through(
      OneInputStreamOperator<I, O> operator,
      List<I> input,
      KeySelector<I, String> key,
      TypeSerializer<O> serializer)
      throws Exception {
    try (KeyedOneInputStreamOperatorTestHarness<String, I, O> harness =
        new KeyedOneInputStreamOperatorTestHarness<>(operator, key, Types.STRING)) {
      harness.setup(serializer);
      harness.open();
      for (I element : input) {
        harness.processElement(element, 0);
      }
      return harness.extractOutputValues();
    }
  }

  private static Outcome run(List<DeviceEvent> events) throws Exception {
    List<DeviceEvent> byArrival = new ArrayList<>(events);
    byArrival.sort(Comparator.comparingLong(DeviceEvent::arrivedAt));
    TimelineSettings timeline =
        new TimelineSettings(700_000, 0, 60_000, 60_000, 30 * DAY, 300_000, 60, 0);
    TierSettings tiers =
        new TierSettings(
            new Tier("hot", 0, 2 * DAY),
            List.of(new Tier("warm", 60_000, 2 * DAY), new Tier("cold", 900_000, 2 * DAY)),
            new Tier("events", 0, 2 * DAY),
            3_600_000);
    List<TimelineEvent> ordered =
        through(
            new KeyedProcessOperator<>(new TimelineFunction(timeline, Long.MAX_VALUE, "")),
            byArrival,
            event -> event.device().path(),
            TimelineEventSerializer.INSTANCE);
    String patterns = Files.readString(Path.of("../conf/patterns.yaml"));
    return new Outcome(
        through(
            new PatternOperator(patterns),
            ordered,
            event -> event.device().path(),
            AlarmSerializer.INSTANCE),
        through(
            new KeyedProcessOperator<>(new TierFunction(tiers)),
            ordered,
            event -> event.device().path(),
            AggregateSerializer.INSTANCE));
  }

  @Test
  void aThousandDevicesFareTheSameWithOneAheadOneBehindAndOneUploadingADay() throws Exception {
    Outcome alone = run(healthy());
    List<DeviceEvent> all = healthy();
    all.addAll(odd());
    Outcome together = run(all);
    assertThat(alone.alarms()).hasSizeGreaterThan(600);
    assertThat(together.without(ODD)).isEqualTo(alone);
    assertThat(together.alarmsOf(AHEAD).get(0).at()).isEqualTo(NOW + 50_020 + 600_000);
    assertThat(together.alarmsOf(BEHIND).get(0).at()).isEqualTo(NOW + 50_020 - 3_600_000);
    long onset = NOW - DAY + 40_000_000;
    assertThat(together.alarmsOf(BACKLOG))
        .extracting(alarm -> alarm.state() + " " + (alarm.at() - onset))
        .containsExactly("RAISED 30000", "ESCALATED 150000", "CLEARED 200000");
  }
}
