package io.motorwatch.tiers;

import io.motorwatch.model.Aggregate;
import io.motorwatch.model.ClockSetBack;
import io.motorwatch.model.DeviceForgotten;
import io.motorwatch.model.DeviceId;
import io.motorwatch.model.DeviceSilence;
import io.motorwatch.model.TimelineEvent;
import io.motorwatch.model.TimelineReading;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Downsamples each device on its own clock. A reading is added to the finest tier; a window whose
 * end the device's time has passed is written and merged into the tier above, so each reading is in
 * each tier exactly once. What is emitted is always a window's full value: writing it again
 * replaces it.
 *
 * <ul>
 *   <li>A late reading within {@code tiers.late} is added to the closed windows it belongs to,
 *       which are written again. (A reading is only ever added, never taken back, so nothing needs
 *       to be subtracted.) One later than that is counted as {@code lateDropped}.
 *   <li>A device that fell silent has its open windows written as they are; they stay open. One
 *       that is forgotten leaves nothing behind.
 *   <li>A clock that was set back may go through the same windows twice: their readings are added.
 *   <li>Windows are written within {@code tiers.spread} of being closed, see {@link
 *       EmissionSchedule}.
 * </ul>
 *
 * <p>All but the last reading of a window need one small state, {@link CurrentWindow}; the others
 * are looked up when a window closes or a reading is late.
 */
public final class TierFunction extends KeyedProcessFunction<String, TimelineEvent, Aggregate> {

  private static final long serialVersionUID = 1L;

  private final TierSettings config;
  private transient ValueState<CurrentWindow> current;
  private transient ValueState<CoarserWindows> coarser;
  private transient ClosedWindows closed;
  private transient EmissionSchedule emission;
  private transient Downsampling downsampling;

  public TierFunction(TierSettings config) {
    this.config = config;
  }

  @Override
  public void open(OpenContext context) {
    current = state("current", CurrentWindowSerializer.INSTANCE);
    coarser = state("coarser", CoarserWindowsSerializer.INSTANCE);
    TierPlan plan = TierPlan.of(config);
    closed =
        new ClosedWindows(
            windows("closed-windows", BytePrimitiveArraySerializer.INSTANCE), plan.grids());
    emission =
        new EmissionSchedule(
            windows("waiting", WindowStatisticsSerializer.INSTANCE),
            plan.aggregates(),
            config.spreadMs());
    Counter lateDropped = getRuntimeContext().getMetricGroup().counter("lateDropped");
    downsampling = new Downsampling(plan, closed, emission, lateDropped);
  }

  private <T> ValueState<T> state(String name, TypeSerializer<T> serializer) {
    return getRuntimeContext().getState(new ValueStateDescriptor<>(name, serializer));
  }

  private <T> MapState<Long, T> windows(String name, TypeSerializer<T> serializer) {
    return getRuntimeContext()
        .getMapState(new MapStateDescriptor<>(name, LongSerializer.INSTANCE, serializer));
  }

  @Override
  public void processElement(TimelineEvent event, Context context, Collector<Aggregate> out)
      throws Exception {
    CurrentWindow kept = current.value();
    if (event instanceof TimelineReading reading) {
      take(reading, kept, context, out);
    } else if (kept == null) {
      return;
    } else if (event instanceof ClockSetBack setBack) {
      DeviceWindows open = open(kept);
      downsampling.closeAll(open, setBack, context.timerService(), out);
      keep(open);
    } else if (event instanceof DeviceSilence) {
      writeAll(kept, event.device(), out);
    } else if (event instanceof DeviceForgotten) {
      writeAll(kept, event.device(), out);
      emission.forget(event.device(), context.timerService());
      current.clear();
      coarser.clear();
      closed.clear();
    }
  }

  private void take(
      TimelineReading element,
      @Nullable CurrentWindow kept,
      Context context,
      Collector<Aggregate> out)
      throws Exception {
    CurrentWindow known = kept == null ? new CurrentWindow() : kept;
    long at = element.timestamp();
    double[] gains = at < known.lastAt ? null : gains(element, known);
    WindowStatistics sole = known.soleWindowOf(at);
    if (sole != null) {
      sole.add(element.reading(), gains);
      known.lastAt = at;
      current.update(known);
      return;
    }
    DeviceWindows open = open(known);
    downsampling.take(element.reading(), gains, open, context.timerService(), out);
    keep(open);
  }

  private static double @Nullable [] gains(TimelineReading element, CurrentWindow known) {
    if (element.attributes().lists().isEmpty()) {
      return null;
    }
    List<String> counters = element.attributes().lists().get(MonotonicFields.ATTRIBUTE);
    return counters == null ? null : known.counters.take(element.reading(), counters);
  }

  private DeviceWindows open(CurrentWindow known) throws Exception {
    CoarserWindows above = coarser.value();
    return new DeviceWindows(
        known, above == null ? new CoarserWindows(config.aggregated().size()) : above);
  }

  private void keep(DeviceWindows open) throws Exception {
    current.update(open.current());
    coarser.update(open.coarser());
  }

  private void writeAll(CurrentWindow known, DeviceId device, Collector<Aggregate> out)
      throws Exception {
    emission.flush(device, out);
    downsampling.writeAsTheyAre(open(known), device, out);
  }

  @Override
  public void onTimer(long now, OnTimerContext context, Collector<Aggregate> out) throws Exception {
    emission.flush(DeviceId.ofPath(context.getCurrentKey()), out);
  }
}
