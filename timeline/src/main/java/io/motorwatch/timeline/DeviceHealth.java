package io.motorwatch.timeline;

import io.motorwatch.model.DeviceId;
import io.motorwatch.model.DeviceSilence;
import io.motorwatch.model.DeviceStatus;
import io.motorwatch.model.DeviceStatus.Health;
import io.motorwatch.model.Durations;
import io.motorwatch.model.Reading;
import io.motorwatch.model.StatusReport;
import io.motorwatch.model.TimelineEvent;
import java.time.Instant;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Whether a device is online, silent or offline, and how its clock differs from ours: each change
 * is a {@link DeviceStatus} in {@link TimelineFunction#STATUS}. Part of {@link TimelineFunction},
 * for the task thread.
 */
final class DeviceHealth {

  /** A skew that has changed by less than this is not worth another point, milliseconds. */
  private static final long SKEW_TOLERANCE = 5_000;

  private final SilenceWatch watch;

  DeviceHealth(SilenceWatch watch) {
    this.watch = watch;
  }

  /** A reading was accepted. */
  void accepted(
      Reading reading, TimelineState state, KeyedProcessFunction<?, ?, ?>.Context context) {
    if (!reading.redelivered()) {
      // A redelivered message is late because of a failure, not because of the device's clock.
      state.skew.add(reading.arrivedAt() - reading.timestamp());
    }
    if (state.health == Health.ONLINE && state.skew.differsFromReported(SKEW_TOLERANCE)) {
      report(state, reading.device(), skewNote(state), reading.arrivedAt(), context);
    }
    seen(reading, state, context);
  }

  /** A reading has come, accepted or rejected: the device is online. */
  void seen(Reading reading, TimelineState state, KeyedProcessFunction<?, ?, ?>.Context context) {
    if (state.health != Health.ONLINE) {
      report(Health.ONLINE, state, reading.device(), reading.arrivedAt(), context);
    }
    watch.seen(reading.arrivedAt(), state, context.timerService());
  }

  /** The device's status topic, or its last will. */
  void statusReported(
      StatusReport status, TimelineState state, KeyedProcessFunction<?, ?, ?>.Context context) {
    if (!status.fresh() && state.health != null) {
      // A retained status is older than what the device has sent since.
      return;
    }
    Health health = status.online() ? Health.ONLINE : Health.OFFLINE;
    if (state.health != health) {
      report(health, state, status.device(), status.arrivedAt(), context);
    }
    if (status.online()) {
      watch.seen(status.arrivedAt(), state, context.timerService());
    } else {
      watch.keep(status.arrivedAt(), state, context.timerService());
    }
  }

  /**
   * The device's clock was set back.
   *
   * @param from device time of the newest reading before
   */
  void clockSetBack(
      Reading reading,
      long from,
      TimelineState state,
      KeyedProcessFunction<?, ?, ?>.Context context) {
    String note =
        "its clock was set back from %s to %s: the patterns start again"
            .formatted(Instant.ofEpochMilli(from), Instant.ofEpochMilli(reading.timestamp()));
    report(state, reading.device(), note, reading.arrivedAt(), context);
  }

  /** Reports a silence that has lasted long enough at this wall clock. */
  void checkSilence(
      long now,
      TimelineState state,
      KeyedProcessFunction<String, ?, ?>.OnTimerContext context,
      Collector<TimelineEvent> out) {
    if (!watch.isSilent(now, state)) {
      return;
    }
    DeviceId device = DeviceId.ofPath(context.getCurrentKey());
    boolean begins = !state.silent;
    state.silent = true;
    if (begins && state.health == Health.ONLINE) {
      report(Health.SILENT, state, device, now, context);
    }
    // A device of which only the nameplate is known has never sent anything that could stop.
    if (state.health != null) {
      out.collect(
          new DeviceSilence(
              device, now, state.newestAt, watch.lasted(now, state), state.attributes));
    }
  }

  private static String skewNote(TimelineState state) {
    long skew = (long) state.skew.millis();
    return "its clock is now %s %s arrival"
        .formatted(Durations.format(Math.abs(skew)), skew < 0 ? "ahead of" : "behind");
  }

  private static void report(
      Health health,
      TimelineState state,
      DeviceId device,
      long at,
      KeyedProcessFunction<?, ?, ?>.Context context) {
    state.health = health;
    report(state, device, "", at, context);
  }

  /**
   * @param at wall clock of the change, epoch milliseconds
   */
  private static void report(
      TimelineState state,
      DeviceId device,
      String note,
      long at,
      KeyedProcessFunction<?, ?, ?>.Context context) {
    state.skew.markReported();
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
