package io.motorwatch.timeline;

import io.motorwatch.model.DeviceId;
import io.motorwatch.model.DeviceStatus;
import io.motorwatch.model.DeviceStatus.Health;
import io.motorwatch.model.Durations;
import io.motorwatch.model.Reading;
import java.time.Instant;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;

/** Tells what has changed in a device's health or clock, with what is known of it then. */
final class HealthReports {

  private HealthReports() {}

  /**
   * @param at wall clock of the change, epoch milliseconds
   */
  static void tell(
      Health health,
      TimelineState state,
      DeviceId device,
      long at,
      KeyedProcessFunction<?, ?, ?>.Context context) {
    state.health = health;
    tell(state, device, "", at, context);
  }

  static void clockSetBack(
      TimelineState state,
      Reading reading,
      long from,
      KeyedProcessFunction<?, ?, ?>.Context context) {
    String note =
        "its clock was set back from %s to %s: the patterns start afresh"
            .formatted(Instant.ofEpochMilli(from), Instant.ofEpochMilli(reading.timestamp()));
    tell(state, reading.device(), note, reading.arrivedAt(), context);
  }

  static void clockSkewed(
      TimelineState state, Reading reading, KeyedProcessFunction<?, ?, ?>.Context context) {
    long skew = (long) state.skew.millis();
    String note =
        "its clock is now %s %s arrival"
            .formatted(Durations.format(Math.abs(skew)), skew < 0 ? "ahead of" : "behind");
    tell(state, reading.device(), note, reading.arrivedAt(), context);
  }

  private static void tell(
      TimelineState state,
      DeviceId device,
      String note,
      long at,
      KeyedProcessFunction<?, ?, ?>.Context context) {
    state.skew.tell();
    SequenceNumbers numbers = state.recent.numbers();
    context.output(
        TimelineFunction.STATUS,
        new DeviceStatus(
            device,
            state.health == null ? Health.ONLINE : state.health,
            state.newestAt,
            state.skew.millis(),
            numbers.any() ? numbers.lost() : DeviceStatus.UNCOUNTED,
            note,
            at));
  }
}
