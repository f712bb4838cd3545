package io.motorwatch.timeline;

import io.motorwatch.model.AttributesReport;
import io.motorwatch.model.DeviceEvent;
import io.motorwatch.model.DeviceForgotten;
import io.motorwatch.model.DeviceId;
import io.motorwatch.model.DeviceStatus;
import io.motorwatch.model.DeviceTopicTemplate;
import io.motorwatch.model.ForwardedEvent;
import io.motorwatch.model.Reading;
import io.motorwatch.model.Rejection;
import io.motorwatch.model.StatusReport;
import io.motorwatch.model.TimelineEvent;
import io.motorwatch.model.UnusableValues;
import io.motorwatch.model.serialization.DeviceStatusSerializer;
import io.motorwatch.model.serialization.RejectionSerializer;
import io.motorwatch.timeline.TimeLimits.Refusal;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Puts what a device sends on the device's own timeline: each reading once, in order, with the
 * newest value of every field and the nameplate; and reports whether the device is online.
 *
 * <p>A device's clock advances only with its own readings. So no device can make another late, and
 * the result is a pure function of the device's readings. Only silence depends on the wall clock:
 * one processing-time timer per device, which finally also drops the state of a device that is
 * gone.
 */
public final class TimelineFunction extends KeyedProcessFunction<String, DeviceEvent, TimelineEvent>
    implements CheckpointedFunction {

  public static final OutputTag<Rejection> REJECTED =
      new OutputTag<>("rejected", RejectionSerializer.INSTANCE.typeInfo(Rejection.class));

  public static final OutputTag<DeviceStatus> STATUS =
      new OutputTag<>("status", DeviceStatusSerializer.INSTANCE.typeInfo(DeviceStatus.class));

  /**
   * The accumulator that counts readings older than their device's progress, since the last start
   * or failure: metrics are gone when a job ends, its accumulators are not.
   */
  public static final String LATE_READINGS = "lateReadings";

  private static final long serialVersionUID = 1L;

  private final TimelineSettings config;
  private final TimeLimits limits;
  private final String topicRoot;
  private transient ValueState<TimelineState> states;
  private transient Rejections rejections;
  private transient TimelineMetrics metrics;
  private transient SilenceWatch watch;
  private transient ReorderWait wait;
  private transient DeviceHealth health;
  private transient ReadingOrder order;

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
    rejections =
        new Rejections(
            new DeviceTopicTemplate(topicRoot),
            config.rejectedPerMinute(),
            context.getOperatorStateStore(),
            getRuntimeContext().getMetricGroup());
    metrics = TimelineMetrics.register(getRuntimeContext());
    watch = new SilenceWatch(config);
    wait = new ReorderWait(config.reorderWindow());
    health = new DeviceHealth(watch);
    order = new ReadingOrder(config, rejections, metrics, health, wait);
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    rejections.snapshot();
  }

  @Override
  public void processElement(DeviceEvent event, Context context, Collector<TimelineEvent> out)
      throws Exception {
    watch.arrived(event.arrivedAt(), context.timerService());
    wait.arrived(context.timerService());
    rejections.reportSums(event.arrivedAt(), context);
    if (event instanceof ForwardedEvent forwarded) {
      forward(forwarded, out);
      return;
    }
    TimelineState stored = states.value();
    TimelineState state = stored == null ? TimelineState.empty() : stored;
    if (event instanceof Reading reading) {
      Refusal refusal = limits.check(reading);
      if (refusal == null) {
        order.add(reading, state, context, out);
      } else {
        rejections.reject(refusal.reason(), reading, refusal.detail(), context);
        if (stored == null) {
          return;
        }
        // A device whose clock is wrong is not silent.
        health.seen(reading, state, context);
      }
    } else if (event instanceof StatusReport report) {
      health.statusReported(report, state, context);
    } else if (event instanceof AttributesReport report) {
      takeAttributes(report, state, context);
    }
    states.update(state);
  }

  private void forward(ForwardedEvent event, Collector<TimelineEvent> out) throws Exception {
    if (event instanceof UnusableValues values) {
      TimelineState state = states.value();
      // Without state, no reading of the device was ever accepted.
      if (state != null && limits.check(values.timestamp(), values.arrivedAt()) == null) {
        out.collect(values.with(state.attributes));
      }
    } else {
      out.collect(event);
    }
  }

  private void takeAttributes(AttributesReport report, TimelineState state, Context context) {
    state.attributes = report.attributes();
    if (ReportInterval.isUnusable(report.attributes())) {
      rejections.rejectAttribute(
          report.device(),
          "attribute "
              + ReportInterval.NAME
              + " is neither a number of seconds (0.034 or more) nor a duration such as 30s or 5m: not used",
          report.arrivedAt(),
          context);
    }
    watch.keep(report.arrivedAt(), state, context.timerService());
    watch.intervalChanged(state, context.timerService());
  }

  @Override
  public void onTimer(long now, OnTimerContext context, Collector<TimelineEvent> out)
      throws Exception {
    watch.due(now, context.timerService());
    rejections.reportSums(now, context);
    @Nullable TimelineState state = states.value();
    if (state == null) {
      return;
    }
    if (state.releaseAt != TimelineState.NEVER && now >= state.releaseAt) {
      order.release(now, state, context, out);
    }
    if (state.timer != TimelineState.NEVER && now >= state.timer) {
      state.timer = TimelineState.NEVER;
      health.checkSilence(now, state, context, out);
      if (watch.isToBeForgotten(now, state)) {
        forget(now, state, context, out);
        return;
      }
      watch.setNext(now, state, context.timerService());
    }
    states.update(state);
  }

  private void forget(
      long now, TimelineState state, OnTimerContext context, Collector<TimelineEvent> out) {
    metrics.forgotten().inc();
    out.collect(new DeviceForgotten(DeviceId.ofPath(context.getCurrentKey()), now, state.newestAt));
    states.clear();
  }
}
