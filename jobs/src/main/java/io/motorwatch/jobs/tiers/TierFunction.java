package io.motorwatch.jobs.tiers;

import io.motorwatch.jobs.config.TiersConfig;
import io.motorwatch.jobs.config.TiersConfig.Tier;
import io.motorwatch.model.Aggregate;
import io.motorwatch.model.ClockSetBack;
import io.motorwatch.model.DeviceForgotten;
import io.motorwatch.model.DeviceId;
import io.motorwatch.model.DeviceSilence;
import io.motorwatch.model.Reading;
import io.motorwatch.model.TimelineEvent;
import io.motorwatch.model.TimelineReading;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
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
 *       which are written anew. (A reading is only ever added, never taken back, so nothing needs
 *       to be subtracted.) One later than that is counted as {@code lateDropped}.
 *   <li>A device that fell silent has its open windows written as they are; they stay open. One
 *       that is forgotten leaves nothing behind.
 *   <li>A clock that was set back may go through the same windows twice: their readings are added.
 * </ul>
 */
public final class TierFunction extends KeyedProcessFunction<String, TimelineEvent, Aggregate> {

  private static final long serialVersionUID = 1L;

  private final TiersConfig config;
  private transient ValueState<OpenWindows> openWindows;
  private transient MapState<String, WindowStatistics> closedWindows;
  private transient Counter lateDropped;

  public TierFunction(TiersConfig config) {
    this.config = config;
  }

  @Override
  public void open(OpenContext context) {
    openWindows =
        getRuntimeContext()
            .getState(new ValueStateDescriptor<>("open", OpenWindowsSerializer.INSTANCE));
    closedWindows =
        getRuntimeContext()
            .getMapState(
                new MapStateDescriptor<>(
                    "closed", StringSerializer.INSTANCE, WindowStatisticsSerializer.INSTANCE));
    lateDropped = getRuntimeContext().getMetricGroup().counter("lateDropped");
  }

  @Override
  public void processElement(TimelineEvent event, Context context, Collector<Aggregate> out)
      throws Exception {
    OpenWindows kept = openWindows.value();
    OpenWindows open = kept == null ? new OpenWindows(tiers().size()) : kept;
    if (event instanceof TimelineReading element) {
      take(element.reading(), open, out);
    } else if (event instanceof ClockSetBack setBack) {
      closeAll(open, setBack, out);
    } else if (event instanceof DeviceSilence || event instanceof DeviceForgotten) {
      writeAsTheyAre(open, event.device(), out);
    } else {
      return;
    }
    if (event instanceof DeviceForgotten) {
      openWindows.clear();
      closedWindows.clear();
    } else if (kept != null || event instanceof TimelineReading) {
      openWindows.update(open);
    }
  }

  private void take(Reading reading, OpenWindows open, Collector<Aggregate> out) throws Exception {
    if (reading.timestamp() >= open.lastAt) {
      advance(open, reading.timestamp(), reading.device(), out);
      if (open.overlapUntil == OpenWindows.NEVER) {
        window(open, 0, reading.timestamp()).add(reading);
      } else {
        addAgain(open, reading, out);
      }
      open.lastAt = reading.timestamp();
    } else {
      correct(open, reading, out);
    }
  }

  private List<Tier> tiers() {
    return config.aggregated();
  }

  private WindowStatistics window(OpenWindows open, int tier, long at) {
    WindowStatistics window = open.windows[tier];
    if (window == null) {
      window = new WindowStatistics(startOf(tier, at));
      open.windows[tier] = window;
    }
    return window;
  }

  /** Closes every window that ends by {@code now}, finest first. */
  private void advance(OpenWindows open, long now, DeviceId device, Collector<Aggregate> out)
      throws Exception {
    boolean closed = false;
    for (int i = 0; i < tiers().size(); i++) {
      WindowStatistics window = open.windows[i];
      if (window == null || end(i, window) > now) {
        continue;
      }
      out.collect(window.toAggregate(device, tiers().get(i).name()));
      handUp(open, i + 1, window, device, out);
      if (config.lateMs() > 0) {
        closedWindows.put(key(i, window.start()), window);
      }
      open.windows[i] = null;
      closed = true;
    }
    if (closed) {
      forgetBefore(now - config.lateMs());
    }
  }

  /** Adds a closed window to the one of the tier above. */
  private void handUp(
      OpenWindows open, int tier, WindowStatistics part, DeviceId device, Collector<Aggregate> out)
      throws Exception {
    if (tier == tiers().size()) {
      return;
    }
    WindowStatistics before = closedBefore(open, tier, part.start());
    if (before == null) {
      window(open, tier, part.start()).merge(part);
      return;
    }
    before.merge(part);
    rewrite(tier, before, device, out);
    handUp(open, tier + 1, part, device, out);
  }

  /** A window of this tier and time that was closed before the clock was set back, or null. */
  private @Nullable WindowStatistics closedBefore(OpenWindows open, int tier, long at)
      throws Exception {
    long start = startOf(tier, at);
    return start <= open.overlapUntil ? closedWindows.get(key(tier, start)) : null;
  }

  private long startOf(int tier, long at) {
    long every = tiers().get(tier).everyMs();
    return Math.floorDiv(at, every) * every;
  }

  private void rewrite(int tier, WindowStatistics window, DeviceId device, Collector<Aggregate> out)
      throws Exception {
    closedWindows.put(key(tier, window.start()), window);
    out.collect(window.toAggregate(device, tiers().get(tier).name()));
  }

  /**
   * Closes every window of the clock as it was. They are kept, whatever {@code tiers.late} says,
   * until the new clock is past them: readings by it may belong to them too.
   */
  private void closeAll(OpenWindows open, ClockSetBack event, Collector<Aggregate> out)
      throws Exception {
    for (int i = 0; i < tiers().size(); i++) {
      WindowStatistics window = open.windows[i];
      if (window != null) {
        rewrite(i, window, event.device(), out);
        handUp(open, i + 1, window, event.device(), out);
        open.windows[i] = null;
      }
    }
    open.lastAt = OpenWindows.NEVER;
    open.overlapUntil = Math.max(open.overlapUntil, event.from());
  }

  /** Adds a reading to the windows closed before the clock was set back, else to the open one. */
  private void addAgain(OpenWindows open, Reading reading, Collector<Aggregate> out)
      throws Exception {
    if (startOf(tiers().size() - 1, reading.timestamp()) > open.overlapUntil) {
      open.overlapUntil = OpenWindows.NEVER;
    }
    for (int i = 0; i < tiers().size(); i++) {
      WindowStatistics before = closedBefore(open, i, reading.timestamp());
      if (before == null) {
        window(open, i, reading.timestamp()).add(reading);
        return;
      }
      before.add(reading);
      rewrite(i, before, reading.device(), out);
    }
  }

  private long end(int tier, WindowStatistics window) {
    return window.start() + tiers().get(tier).everyMs();
  }

  private void correct(OpenWindows open, Reading reading, Collector<Aggregate> out)
      throws Exception {
    if (open.lastAt - reading.timestamp() > config.lateMs()) {
      lateDropped.inc();
      return;
    }
    for (int i = 0; i < tiers().size(); i++) {
      long every = tiers().get(i).everyMs();
      long start = Math.floorDiv(reading.timestamp(), every) * every;
      WindowStatistics current = open.windows[i];
      if (current != null && current.start() == start) {
        current.add(reading);
        return;
      }
      if (current == null && open.lastAt < start + every) {
        window(open, i, start).add(reading);
        return;
      }
      WindowStatistics window = closedWindows.get(key(i, start));
      if (window == null) {
        window = new WindowStatistics(start);
      }
      window.add(reading);
      closedWindows.put(key(i, start), window);
      out.collect(window.toAggregate(reading.device(), tiers().get(i).name()));
    }
  }

  private void forgetBefore(long deviceTime) throws Exception {
    Iterator<Map.Entry<String, WindowStatistics>> entries = closedWindows.iterator();
    while (entries.hasNext()) {
      Map.Entry<String, WindowStatistics> entry = entries.next();
      int tier = Integer.parseInt(entry.getKey().substring(0, entry.getKey().indexOf('@')));
      if (end(tier, entry.getValue()) <= deviceTime) {
        entries.remove();
      }
    }
  }

  private static String key(int tier, long start) {
    return tier + "@" + start;
  }

  /** Each open window with what the finer ones have not yet handed up. */
  private void writeAsTheyAre(OpenWindows open, DeviceId device, Collector<Aggregate> out)
      throws Exception {
    @Nullable WindowStatistics finer = null;
    for (int i = 0; i < tiers().size(); i++) {
      WindowStatistics window = open.windows[i];
      WindowStatistics whole;
      if (window != null) {
        whole = window.copy();
      } else if (finer != null) {
        WindowStatistics before = closedBefore(open, i, finer.start());
        whole = before == null ? new WindowStatistics(startOf(i, finer.start())) : before.copy();
      } else {
        continue;
      }
      if (finer != null) {
        whole.merge(finer);
      }
      out.collect(whole.toAggregate(device, tiers().get(i).name()));
      finer = whole;
    }
  }
}
