package io.motorwatch.timeline;

import io.motorwatch.model.ClockSetBack;
import io.motorwatch.model.Reading;
import io.motorwatch.model.RejectReason;
import io.motorwatch.model.TimelineEvent;
import io.motorwatch.model.TimelineReading;
import io.motorwatch.timeline.RecentReadings.Verdict;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Puts a device's readings in the order of the device's own clock. Each is a duplicate (rejected),
 * in order (emitted, or held in the {@link ReorderBuffer}), late (emitted as such), or, after a run
 * of late ones, the first by a clock that was set back. Part of {@link TimelineFunction}, for the
 * task thread.
 */
final class ReadingOrder {

  private final TimelineSettings config;
  private final Rejections rejections;
  private final TimelineMetrics metrics;
  private final DeviceHealth health;
  private final ReorderWait wait;

  ReadingOrder(
      TimelineSettings config,
      Rejections rejections,
      TimelineMetrics metrics,
      DeviceHealth health,
      ReorderWait wait) {
    this.config = config;
    this.rejections = rejections;
    this.metrics = metrics;
    this.health = health;
    this.wait = wait;
  }

  /** Takes a reading whose time stamp is within the limits. */
  void add(
      Reading reading,
      TimelineState state,
      KeyedProcessFunction<?, ?, ?>.Context context,
      Collector<TimelineEvent> out) {
    long lostBefore = state.recent.numbers().lost();
    Verdict verdict = state.recent.check(reading, state.newestAt, state.formerAt);
    switch (verdict) {
      case DUPLICATE -> reject(RejectReason.DUPLICATE, reading, "received before", state, context);
      case REPLAYED -> {
        if (countRestarted(reading, state)) {
          restartCount(reading, state, context, out);
        } else {
          String detail =
              "sequence number "
                  + reading.seq()
                  + " is "
                  + SeenNumbers.WINDOW
                  + " or more behind the newest, and none that was missing";
          reject(RejectReason.REPLAYED, reading, detail, state, context);
        }
      }
      case RESTART -> {
        metrics.restarts().inc();
        accept(reading, state, context, out);
      }
      case NEW -> {
        metrics.lost().inc(state.recent.numbers().lost() - lostBefore);
        accept(reading, state, context, out);
      }
    }
  }

  private void reject(
      RejectReason reason,
      Reading reading,
      String detail,
      TimelineState state,
      KeyedProcessFunction<?, ?, ?>.Context context) {
    rejections.reject(reason, reading, detail, context);
    health.seen(reading, state, context);
  }

  private void accept(
      Reading reading,
      TimelineState state,
      KeyedProcessFunction<?, ?, ?>.Context context,
      Collector<TimelineEvent> out) {
    received(reading, state, context);
    if (reading.timestamp() < state.lastAt) {
      late(reading, state, context, out);
    } else {
      inOrder(reading, state, context, out);
    }
  }

  private void received(
      Reading reading, TimelineState state, KeyedProcessFunction<?, ?, ?>.Context context) {
    state.newestAt = Math.max(state.newestAt, reading.timestamp());
    health.accepted(reading, state, context);
  }

  private void inOrder(
      Reading reading,
      TimelineState state,
      KeyedProcessFunction<?, ?, ?>.Context context,
      Collector<TimelineEvent> out) {
    state.lateRun.end();
    if (wait.isNone()) {
      emit(reading, state, out);
      return;
    }
    state.waiting.add(reading);
    if (state.releaseAt == TimelineState.NEVER) {
      state.releaseAt = wait.endFor(reading.arrivedAt());
      context.timerService().registerProcessingTimeTimer(state.releaseAt);
    }
  }

  private void emit(Reading reading, TimelineState state, Collector<TimelineEvent> out) {
    state.lastAt = reading.timestamp();
    out.collect(state.latest.take(reading, state.attributes, config.maxFieldAge()));
  }

  private void late(
      Reading reading,
      TimelineState state,
      KeyedProcessFunction<?, ?, ?>.Context context,
      Collector<TimelineEvent> out) {
    // A number that fills a gap is part of a backlog, and does not show that a clock was set back.
    boolean nextInSequence = !reading.hasSeq() || state.recent.numbers().isNewest(reading.seq());
    if (nextInSequence && state.lateRun.continues(reading.timestamp(), config.clockBackAfter())) {
      setClockBack(reading, state, context, out);
    } else {
      metrics.lateReading();
      out.collect(TimelineReading.late(reading, state.attributes));
    }
  }

  /**
   * Adds the reading to those of a device whose numbers and clock both fell back; whether there are
   * enough of them. Readings that a device sends twice show nothing: a count that restarts begins
   * low.
   */
  private boolean countRestarted(Reading reading, TimelineState state) {
    return (state.lateRun.wouldContinue(reading.timestamp())
            || reading.seq() < SequenceNumbers.RESTART_BELOW)
        && state.lateRun.continues(reading.timestamp(), config.clockBackAfter());
  }

  private void restartCount(
      Reading reading,
      TimelineState state,
      KeyedProcessFunction<?, ?, ?>.Context context,
      Collector<TimelineEvent> out) {
    state.recent.numbers().restart(reading);
    metrics.restarts().inc();
    received(reading, state, context);
    if (reading.timestamp() < state.lastAt) {
      setClockBack(reading, state, context, out);
    } else {
      inOrder(reading, state, context, out);
    }
  }

  /** Continues with the device's clock as it now is. */
  private void setClockBack(
      Reading reading,
      TimelineState state,
      KeyedProcessFunction<?, ?, ?>.Context context,
      Collector<TimelineEvent> out) {
    for (Reading before : state.waiting.takeAll()) {
      emit(before, state, out);
    }
    long from = state.lastAt;
    state.latest.clear();
    state.lateRun.end();
    if (reading.hasSeq()) {
      state.recent.numbers().clockSetBack(reading);
    }
    state.formerAt = Math.max(state.formerAt, state.newestAt);
    state.newestAt = reading.timestamp();
    state.skew.restart();
    state.skew.add(reading.arrivedAt() - reading.timestamp());
    metrics.clocksSetBack().inc();
    out.collect(new ClockSetBack(reading.device(), from, reading.timestamp()));
    health.clockSetBack(reading, from, state, context);
    emit(reading, state, out);
  }

  /** Emits the held readings that have waited long enough, and sets the timer for the others. */
  void release(
      long now,
      TimelineState state,
      KeyedProcessFunction<?, ?, ?>.OnTimerContext context,
      Collector<TimelineEvent> out) {
    long next = wait.notBefore(now);
    if (next <= now) {
      for (Reading reading : state.waiting.takeArrivedBy(wait.arrivedBy(now))) {
        emit(reading, state, out);
      }
      long earliest = state.waiting.earliestArrival();
      if (earliest == ReorderBuffer.NONE) {
        state.releaseAt = TimelineState.NEVER;
        return;
      }
      next = wait.endFor(earliest);
    }
    state.releaseAt = next;
    context.timerService().registerProcessingTimeTimer(next);
  }
}
