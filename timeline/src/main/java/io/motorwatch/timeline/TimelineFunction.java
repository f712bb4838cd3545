package io.motorwatch.timeline;

import io.motorwatch.model.AlarmRequest;
import io.motorwatch.model.AttributesReport;
import io.motorwatch.model.ClockSetBack;
import io.motorwatch.model.DeviceEvent;
import io.motorwatch.model.DeviceForgotten;
import io.motorwatch.model.DeviceId;
import io.motorwatch.model.DeviceSilence;
import io.motorwatch.model.DeviceStatus;
import io.motorwatch.model.DeviceStatus.Health;
import io.motorwatch.model.PatternsReport;
import io.motorwatch.model.Reading;
import io.motorwatch.model.RejectReason;
import io.motorwatch.model.Rejection;
import io.motorwatch.model.RejectionLimit;
import io.motorwatch.model.StatusReport;
import io.motorwatch.model.TimelineEvent;
import io.motorwatch.model.TimelineReading;
import io.motorwatch.model.TopicRoot;
import io.motorwatch.model.UnusableValues;
import io.motorwatch.model.serialization.DeviceStatusSerializer;
import io.motorwatch.model.serialization.RejectionSerializer;
import io.motorwatch.timeline.RecentReadings.Verdict;
import io.motorwatch.timeline.TimeLimits.Refusal;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Puts what a device sends on the device's own time line: each reading once, in order, with the
 * newest value of every field and the nameplate at hand; knows whether the device is online.
 *
 * <p>A device's clock moves only with its own readings, so no device can make another late, and
 * what comes of its readings is a pure function of them. Only silence is judged by the wall clock:
 * one processing-time timer per device, which in the end also makes sure that nothing is left of a
 * device that is gone.
 */
public final class TimelineFunction extends KeyedProcessFunction<String, DeviceEvent, TimelineEvent>
    implements CheckpointedFunction {

  public static final OutputTag<Rejection> REJECTED =
      new OutputTag<>("rejected", RejectionSerializer.INSTANCE.typeInfo(Rejection.class));

  public static final OutputTag<DeviceStatus> STATUS =
      new OutputTag<>("status", DeviceStatusSerializer.INSTANCE.typeInfo(DeviceStatus.class));

  private static final long serialVersionUID = 1L;

  /** A skew that has changed by less than this is not worth another point, milliseconds. */
  private static final long SKEW_TOLERANCE = 5_000;

  /**
   * The accumulator that counts readings older than their device's progress, from the last start or
   * failure on: a job that ends tells it, while its metrics are gone by then.
   */
  public static final String LATE_READINGS = "lateReadings";

  private final TimelineSettings config;
  private final TimeLimits limits;
  private final String topicRoot;
  private transient ValueState<TimelineState> states;
  private transient ListState<Rejection> untoldState;
  private transient RejectionLimit limit;
  private transient Refusals refusals;
  private transient TimelineMetrics metrics;
  private transient LongCounter late;
  private transient SilenceWatch watch;
  private transient ReorderWait wait;

  /**
   * @param longestKeepMs the longest any tier keeps anything; older readings are stale
   * @param topicRoot template of a device's topics, to name the topic of a rejected reading; empty
   *     where there are several
   */
  public TimelineFunction(TimelineSettings config, long longestKeepMs, String topicRoot) {
    this.config = config;
    this.limits = TimeLimits.of(config, longestKeepMs);
    this.topicRoot = topicRoot;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    states =
        context
            .getKeyedStateStore()
            .getState(new ValueStateDescriptor<>("timeline", TimelineStateSerializer.INSTANCE));
    untoldState =
        context
            .getOperatorStateStore()
            .getListState(new ListStateDescriptor<>("untold", RejectionSerializer.INSTANCE));
    limit = new RejectionLimit(config.rejectedPerMinute());
    for (Rejection untold : untoldState.get()) {
      limit.restore(untold);
    }
    refusals = new Refusals(new TopicRoot(topicRoot), limit, getRuntimeContext().getMetricGroup());
    metrics = new TimelineMetrics(getRuntimeContext().getMetricGroup());
    late = new LongCounter();
    getRuntimeContext().addAccumulator(LATE_READINGS, late);
    watch = new SilenceWatch(config);
    wait = new ReorderWait(config.reorderWindow());
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    untoldState.update(limit.untold());
  }

  @Override
  public void processElement(DeviceEvent event, Context context, Collector<TimelineEvent> out)
      throws Exception {
    watch.arrived(event.arrivedAt(), context.timerService());
    wait.arrived(context.timerService());
    sumUpRefusals(event.arrivedAt(), context);
    if (event instanceof PatternsReport report) {
      out.collect(report);
      return;
    }
    if (event instanceof AlarmRequest request) {
      out.collect(request);
      return;
    }
    TimelineState kept = states.value();
    if (event instanceof UnusableValues values) {
      // Where nothing is kept no reading of the device was ever taken.
      if (kept != null && limits.check(values.timestamp(), values.arrivedAt()) == null) {
        out.collect(values.with(kept.attributes));
      }
      return;
    }
    TimelineState state = kept == null ? TimelineState.empty() : kept;
    if (event instanceof Reading reading) {
      Refusal refusal = limits.check(reading);
      if (refusal != null) {
        refuse(refusal.reason(), reading, refusal.detail(), context);
        if (kept != null) {
          // A device whose clock is wrong is no silent one.
          showLife(reading, state, context);
          states.update(state);
        }
        return;
      }
      take(reading, state, context, out);
    } else if (event instanceof StatusReport report) {
      takeStatus(report, state, context);
    } else if (event instanceof AttributesReport report) {
      takeAttributes(report, state, context);
    }
    states.update(state);
  }

  private void sumUpRefusals(long now, Context context) {
    if (limit.isDue(now)) {
      limit.sumUp(sum -> context.output(REJECTED, sum));
    }
  }

  private void refuse(RejectReason reason, Reading reading, String detail, Context context) {
    refusals.refuse(reason, reading, detail, rejection -> context.output(REJECTED, rejection));
  }

  private void take(
      Reading reading, TimelineState state, Context context, Collector<TimelineEvent> out) {
    long lostBefore = state.recent.numbers().lost();
    Verdict verdict = state.recent.judge(reading, state.newestAt, state.formerAt);
    switch (verdict) {
      case DUPLICATE -> {
        refuse(RejectReason.DUPLICATE, reading, "received before", context);
        showLife(reading, state, context);
        return;
      }
      case REPLAYED -> {
        if (goesOnAnew(reading, state)) {
          takeUpAnew(reading, state, context, out);
          return;
        }
        refuse(
            RejectReason.REPLAYED,
            reading,
            "sequence number "
                + reading.seq()
                + " is "
                + SeenNumbers.WINDOW
                + " or more behind the newest, and none that was missing",
            context);
        showLife(reading, state, context);
        return;
      }
      case RESTART -> metrics.restarts().inc();
      case NEW -> metrics.lost().inc(state.recent.numbers().lost() - lostBefore);
    }
    heard(reading, state, context);
    if (reading.timestamp() < state.lastAt) {
      takeLate(reading, state, context, out);
      return;
    }
    state.lateRun.end();
    passOnInOrder(reading, state, context, out);
  }

  private void passOnInOrder(
      Reading reading, TimelineState state, Context context, Collector<TimelineEvent> out) {
    if (wait.isNone()) {
      passOn(reading, state, out);
      return;
    }
    state.waiting.add(reading);
    if (state.releaseAt == TimelineState.NEVER) {
      state.releaseAt = wait.endFor(reading.arrivedAt());
      context.timerService().registerProcessingTimeTimer(state.releaseAt);
    }
  }

  /**
   * Adds the reading to those of a device whose numbers and clock both fell back; tells whether it
   * has gone on like that for long enough. Readings a device sends twice prove nothing: a count
   * that begins anew begins low.
   */
  private boolean goesOnAnew(Reading reading, TimelineState state) {
    return (state.lateRun.goesOnFrom(reading.timestamp())
            || reading.seq() < SequenceNumbers.RESTART_BELOW)
        && state.lateRun.goesOn(reading.timestamp(), config.clockBackAfter());
  }

  private void takeUpAnew(
      Reading reading, TimelineState state, Context context, Collector<TimelineEvent> out) {
    state.recent.numbers().beginAnew(reading);
    metrics.restarts().inc();
    heard(reading, state, context);
    if (reading.timestamp() < state.lastAt) {
      believe(reading, state, context, out);
    } else {
      state.lateRun.end();
      passOnInOrder(reading, state, context, out);
    }
  }

  private void passOn(Reading reading, TimelineState state, Collector<TimelineEvent> out) {
    state.lastAt = reading.timestamp();
    out.collect(state.latest.take(reading, state.attributes, config.maxFieldAge()));
  }

  private void takeLate(
      Reading reading, TimelineState state, Context context, Collector<TimelineEvent> out) {
    // A number that fills a gap is of a backlog, not of a clock that was set back since.
    boolean nextInSequence = !reading.hasSeq() || state.recent.numbers().isNewest(reading.seq());
    if (nextInSequence && state.lateRun.goesOn(reading.timestamp(), config.clockBackAfter())) {
      believe(reading, state, context, out);
    } else {
      metrics.late().inc();
      late.add(1);
      out.collect(TimelineReading.late(reading, state.attributes));
    }
  }

  /** Takes the device's clock as it now is. */
  private void believe(
      Reading reading, TimelineState state, Context context, Collector<TimelineEvent> out) {
    for (Reading before : state.waiting.takeAll()) {
      passOn(before, state, out);
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
    HealthReports.clockSetBack(state, reading, from, context);
    passOn(reading, state, out);
  }

  private void heard(Reading reading, TimelineState state, Context context) {
    state.newestAt = Math.max(state.newestAt, reading.timestamp());
    if (!reading.redelivered()) {
      // What comes again arrives late by the failure, not by the device's clock.
      state.skew.add(reading.arrivedAt() - reading.timestamp());
    }
    if (state.health == Health.ONLINE && state.skew.differsFromTold(SKEW_TOLERANCE)) {
      HealthReports.clockSkewed(state, reading, context);
    }
    showLife(reading, state, context);
  }

  /** Also a reading that is refused says that the device is there. */
  private void showLife(Reading reading, TimelineState state, Context context) {
    if (state.health != Health.ONLINE) {
      HealthReports.tell(Health.ONLINE, state, reading.device(), reading.arrivedAt(), context);
    }
    watch.heard(reading.arrivedAt(), state, context.timerService());
  }

  private void takeStatus(StatusReport report, TimelineState state, Context context) {
    if (!report.fresh() && state.health != null) {
      // What the broker keeps was true once; since then we have heard of the device ourselves.
      return;
    }
    Health health = report.online() ? Health.ONLINE : Health.OFFLINE;
    if (state.health != health) {
      HealthReports.tell(health, state, report.device(), report.arrivedAt(), context);
    }
    if (report.online()) {
      watch.heard(report.arrivedAt(), state, context.timerService());
    } else {
      watch.keep(report.arrivedAt(), state, context.timerService());
    }
  }

  private void takeAttributes(AttributesReport report, TimelineState state, Context context) {
    state.attributes = report.attributes();
    if (ReportInterval.isUnusable(report.attributes())) {
      refusals.refuse(
          RejectReason.MALFORMED,
          report.device(),
          "attributes",
          "attribute "
              + ReportInterval.NAME
              + " is neither a number of seconds (0.034 or more) nor a duration such as 30s or 5m: not used",
          "",
          report.arrivedAt(),
          rejection -> context.output(REJECTED, rejection));
    }
    watch.keep(report.arrivedAt(), state, context.timerService());
    watch.intervalChanged(state, context.timerService());
  }

  @Override
  public void onTimer(long now, OnTimerContext context, Collector<TimelineEvent> out)
      throws Exception {
    watch.due(now, context.timerService());
    sumUpRefusals(now, context);
    TimelineState state = states.value();
    if (state == null) {
      return;
    }
    if (state.releaseAt != TimelineState.NEVER && now >= state.releaseAt) {
      release(now, state, context, out);
    }
    if (state.timer != TimelineState.NEVER && now >= state.timer) {
      state.timer = TimelineState.NEVER;
      judgeSilence(now, state, context, out);
      if (watch.isToBeForgotten(now, state)) {
        forget(now, state, context, out);
        return;
      }
      watch.goOn(now, state, context.timerService());
    }
    states.update(state);
  }

  private void release(
      long now, TimelineState state, OnTimerContext context, Collector<TimelineEvent> out) {
    long next = wait.notBefore(now);
    if (next <= now) {
      for (Reading reading : state.waiting.takeArrivedBy(wait.arrivedBy(now))) {
        passOn(reading, state, out);
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

  private void judgeSilence(
      long now, TimelineState state, OnTimerContext context, Collector<TimelineEvent> out) {
    if (!watch.isSilent(now, state)) {
      return;
    }
    DeviceId device = DeviceId.ofPath(context.getCurrentKey());
    boolean begins = !state.silent;
    state.silent = true;
    if (begins && state.health == Health.ONLINE) {
      HealthReports.tell(Health.SILENT, state, device, now, context);
    }
    // Of whom nothing but the nameplate is known, nobody expected a word.
    if (state.health != null) {
      out.collect(
          new DeviceSilence(
              device, now, state.newestAt, watch.lasted(now, state), state.attributes));
    }
  }

  private void forget(
      long now, TimelineState state, OnTimerContext context, Collector<TimelineEvent> out) {
    metrics.forgotten().inc();
    out.collect(new DeviceForgotten(DeviceId.ofPath(context.getCurrentKey()), now, state.newestAt));
    states.clear();
  }
}
