package io.motorwatch.jobs.timeline;

import io.motorwatch.jobs.config.TimelineConfig;
import io.motorwatch.model.AlarmRequest;
import io.motorwatch.model.AttributesReport;
import io.motorwatch.model.DeviceEvent;
import io.motorwatch.model.DeviceId;
import io.motorwatch.model.DeviceStatus;
import io.motorwatch.model.DeviceStatus.Health;
import io.motorwatch.model.PatternsReport;
import io.motorwatch.model.Reading;
import io.motorwatch.model.RejectReason;
import io.motorwatch.model.Rejection;
import io.motorwatch.model.StatusReport;
import io.motorwatch.model.TimelineEvent;
import io.motorwatch.model.TimelineReading;
import io.motorwatch.model.serialization.DeviceStatusSerializer;
import io.motorwatch.model.serialization.RejectionSerializer;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Puts what a device sends on the device's own time line: each reading once, in order, with the
 * newest value of every field and the nameplate at hand; knows whether the device is online.
 *
 * <p>A device's clock moves only with its own readings, so no device can make another late. Only
 * silence is judged by the wall clock: one processing-time timer per device.
 */
public final class TimelineFunction
    extends KeyedProcessFunction<String, DeviceEvent, TimelineEvent> {

  public static final OutputTag<Rejection> REJECTED =
      new OutputTag<>("rejected", RejectionSerializer.INSTANCE.typeInfo(Rejection.class));

  public static final OutputTag<DeviceStatus> STATUS =
      new OutputTag<>("status", DeviceStatusSerializer.INSTANCE.typeInfo(DeviceStatus.class));

  private static final long serialVersionUID = 1L;

  private final TimelineConfig config;
  private final long longestKeepMs;
  private final String topicRoot;
  private transient ValueState<TimelineState> states;
  private transient Map<RejectReason, Counter> rejected;
  private transient Counter late;

  /** Wall clock of this attempt's beginning. */
  private transient long startedAt;

  /**
   * @param longestKeepMs the longest any tier keeps anything; older readings are stale
   * @param topicRoot template of a device's topics, to name the topic of a rejected reading; empty
   *     where there are several
   */
  public TimelineFunction(TimelineConfig config, long longestKeepMs, String topicRoot) {
    this.config = config;
    this.longestKeepMs = longestKeepMs;
    this.topicRoot = topicRoot;
  }

  @Override
  public void open(OpenContext context) {
    states =
        getRuntimeContext()
            .getState(new ValueStateDescriptor<>("timeline", TimelineStateSerializer.INSTANCE));
    MetricGroup group = getRuntimeContext().getMetricGroup();
    late = group.counter("lateReadings");
    startedAt = System.currentTimeMillis();
    rejected = new EnumMap<>(RejectReason.class);
    MetricGroup reasons = group.addGroup("rejected");
    for (RejectReason reason : RejectReason.values()) {
      rejected.put(reason, reasons.counter(reason.code()));
    }
  }

  @Override
  public void processElement(DeviceEvent event, Context context, Collector<TimelineEvent> out)
      throws Exception {
    if (event instanceof PatternsReport report) {
      out.collect(report);
      return;
    }
    if (event instanceof AlarmRequest request) {
      out.collect(request);
      return;
    }
    TimelineState kept = states.value();
    TimelineState state = kept == null ? TimelineState.empty() : kept;
    if (event instanceof Reading reading) {
      if (!takeReading(reading, state, context, out) && kept == null) {
        return;
      }
    } else if (event instanceof StatusReport report) {
      changeHealth(
          report.online() ? Health.ONLINE : Health.OFFLINE,
          report.arrivedAt(),
          state,
          context,
          event);
      if (report.online()) {
        state.lastArrival = Math.max(state.lastArrival, report.arrivedAt());
        watchForSilence(state, context);
      }
    } else if (event instanceof AttributesReport report) {
      state.attributes = report.attributes();
    }
    states.update(state);
  }

  private boolean takeReading(
      Reading reading, TimelineState state, Context context, Collector<TimelineEvent> out) {
    if (outOfTime(reading, context)) {
      return false;
    }
    switch (state.recent.judge(reading, state.newestAt)) {
      case DUPLICATE -> {
        reject(RejectReason.DUPLICATE, reading, "received before", context);
        return true;
      }
      case REPLAYED -> {
        reject(
            RejectReason.REPLAYED,
            reading,
            "sequence number "
                + reading.seq()
                + " is "
                + SeenNumbers.WINDOW
                + " or more behind the newest",
            context);
        return true;
      }
      case NEW -> {
        // Goes on below.
      }
    }
    seen(reading, state, context);
    if (reading.timestamp() < state.lastAt) {
      passOnLate(reading, state, out);
    } else if (config.reorderWindow() == 0) {
      passOn(reading, state, out);
    } else {
      state.waiting.add(reading);
      if (state.releaseAt == TimelineState.NEVER) {
        state.releaseAt = reading.arrivedAt() + config.reorderWindow();
        context.timerService().registerProcessingTimeTimer(state.releaseAt);
      }
    }
    return true;
  }

  private void passOnLate(Reading reading, TimelineState state, Collector<TimelineEvent> out) {
    late.inc();
    double[] own = new double[reading.size()];
    for (int i = 0; i < own.length; i++) {
      own[i] = reading.value(i);
    }
    out.collect(new TimelineReading(reading, true, reading.layout(), own, state.attributes));
  }

  private void passOn(Reading reading, TimelineState state, Collector<TimelineEvent> out) {
    state.lastAt = reading.timestamp();
    state.latest.update(reading);
    double[] latest = state.latest.at(reading.timestamp(), config.maxFieldAge());
    out.collect(
        new TimelineReading(reading, false, state.latest.layout(), latest, state.attributes));
  }

  private boolean outOfTime(Reading reading, Context context) {
    long at = reading.timestamp();
    if (at - reading.arrivedAt() > config.maxFuture()) {
      reject(
          RejectReason.FUTURE,
          reading,
          "device time " + Instant.ofEpochMilli(at) + " is ahead of arrival; is its clock right?",
          context);
      return true;
    }
    if (at < config.oldest()) {
      reject(
          RejectReason.STALE,
          reading,
          "device time "
              + Instant.ofEpochMilli(at)
              + ": a clock never set, or seconds where milliseconds are needed",
          context);
      return true;
    }
    if (reading.arrivedAt() - at > longestKeepMs) {
      reject(
          RejectReason.STALE,
          reading,
          "device time " + Instant.ofEpochMilli(at) + " is older than anything that is kept",
          context);
      return true;
    }
    return false;
  }

  private void reject(RejectReason reason, Reading reading, String detail, Context context) {
    rejected.get(reason).inc();
    context.output(
        REJECTED,
        new Rejection(
            reason,
            reading.device().site(),
            reading.device().device(),
            topic(reading.device()),
            detail,
            json(reading),
            reading.arrivedAt()));
  }

  private String topic(DeviceId device) {
    if (topicRoot.isEmpty()) {
      return "";
    }
    return topicRoot.replace("{site}", device.site()).replace("{device}", device.device())
        + "/telemetry";
  }

  /** The reading as a device would send it; the payload itself is not carried this far. */
  private static String json(Reading reading) {
    StringBuilder json = new StringBuilder("{\"timestamp\":").append(reading.timestamp());
    if (reading.hasSeq()) {
      json.append(",\"seq\":").append(reading.seq());
    }
    for (int i = 0; i < reading.size(); i++) {
      json.append(",\"").append(reading.layout().name(i)).append("\":").append(reading.value(i));
    }
    return json.append('}').toString();
  }

  private void seen(Reading reading, TimelineState state, Context context) {
    state.lastArrival = reading.arrivedAt();
    state.newestAt = Math.max(state.newestAt, reading.timestamp());
    state.skew = reading.arrivedAt() - reading.timestamp();
    changeHealth(Health.ONLINE, reading.arrivedAt(), state, context, reading);
    watchForSilence(state, context);
  }

  private void watchForSilence(TimelineState state, Context context) {
    if (state.timer == TimelineState.NEVER) {
      state.timer = silentAt(state);
      context.timerService().registerProcessingTimeTimer(state.timer);
    }
  }

  /** Nobody is silent while it is we who were away. */
  private long silentAt(TimelineState state) {
    return Math.max(state.lastArrival, startedAt) + config.silentAfter();
  }

  @Override
  public void onTimer(long now, OnTimerContext context, Collector<TimelineEvent> out)
      throws Exception {
    TimelineState state = states.value();
    if (state == null) {
      return;
    }
    if (state.releaseAt != TimelineState.NEVER && now >= state.releaseAt) {
      release(now, state, context, out);
    }
    if (state.timer != TimelineState.NEVER && now >= state.timer) {
      judgeSilence(now, state, context);
    }
    states.update(state);
  }

  private void release(
      long now, TimelineState state, OnTimerContext context, Collector<TimelineEvent> out) {
    for (Reading reading : state.waiting.takeArrivedBy(now - config.reorderWindow())) {
      passOn(reading, state, out);
    }
    long next = state.waiting.earliestArrival();
    state.releaseAt =
        next == ReorderBuffer.NONE ? TimelineState.NEVER : next + config.reorderWindow();
    if (next != ReorderBuffer.NONE) {
      context.timerService().registerProcessingTimeTimer(state.releaseAt);
    }
  }

  private void judgeSilence(long now, TimelineState state, OnTimerContext context) {
    long due = silentAt(state);
    if (now < due) {
      state.timer = due;
      context.timerService().registerProcessingTimeTimer(due);
      return;
    }
    state.timer = TimelineState.NEVER;
    if (state.health == Health.ONLINE) {
      String[] path = context.getCurrentKey().split("/", 2);
      tell(Health.SILENT, now, state, context, new DeviceId(path[0], path[1]));
    }
  }

  private static void changeHealth(
      Health health, long at, TimelineState state, Context context, DeviceEvent event) {
    if (state.health != health) {
      tell(health, at, state, context, event.device());
    }
  }

  private static void tell(
      Health health, long at, TimelineState state, Context context, DeviceId device) {
    state.health = health;
    boolean heard = state.newestAt != TimelineState.NEVER;
    double skew = heard ? state.skew : Double.NaN;
    context.output(STATUS, new DeviceStatus(device, health, state.newestAt, skew, at));
  }
}
