package io.motorwatch.jobs.tiers;

import io.motorwatch.jobs.config.TiersConfig;
import io.motorwatch.jobs.config.TiersConfig.Tier;
import io.motorwatch.model.Aggregate;
import io.motorwatch.model.DeviceId;
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
 *   <li>A device from which nothing has arrived for {@code silentAfter} of wall clock has its open
 *       windows written as they are; they stay open.
 * </ul>
 */
public final class TierFunction extends KeyedProcessFunction<String, TimelineEvent, Aggregate> {

  private static final long serialVersionUID = 1L;

  private final TiersConfig config;
  private final long silentAfterMs;
  private transient ValueState<OpenWindows> openWindows;
  private transient MapState<String, WindowStatistics> closedWindows;
  private transient Counter lateDropped;

  public TierFunction(TiersConfig config, long silentAfterMs) {
    this.config = config;
    this.silentAfterMs = silentAfterMs;
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
    if (event instanceof TimelineReading element) {
      take(element.reading(), context, out);
    }
  }

  private void take(Reading reading, Context context, Collector<Aggregate> out) throws Exception {
    OpenWindows kept = openWindows.value();
    OpenWindows open = kept == null ? new OpenWindows(tiers().size()) : kept;
    if (reading.timestamp() >= open.lastAt) {
      advance(open, reading.timestamp(), reading.device(), out);
      window(open, 0, reading.timestamp()).add(reading);
      open.lastAt = reading.timestamp();
      open.lastArrival = reading.arrivedAt();
    } else {
      correct(open, reading, out);
    }
    if (open.timer == OpenWindows.NEVER) {
      open.timer = reading.arrivedAt() + silentAfterMs;
      context.timerService().registerProcessingTimeTimer(open.timer);
    }
    openWindows.update(open);
  }

  private List<Tier> tiers() {
    return config.aggregated();
  }

  private WindowStatistics window(OpenWindows open, int tier, long at) {
    WindowStatistics window = open.windows[tier];
    if (window == null) {
      long every = tiers().get(tier).everyMs();
      window = new WindowStatistics(Math.floorDiv(at, every) * every);
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
      if (i + 1 < tiers().size()) {
        window(open, i + 1, window.start()).merge(window);
      }
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

  @Override
  public void onTimer(long now, OnTimerContext context, Collector<Aggregate> out) throws Exception {
    OpenWindows open = openWindows.value();
    if (open == null) {
      return;
    }
    long due = open.lastArrival + silentAfterMs;
    if (now < due) {
      open.timer = due;
      context.timerService().registerProcessingTimeTimer(due);
    } else {
      open.timer = OpenWindows.NEVER;
      String[] path = context.getCurrentKey().split("/", 2);
      writeAsTheyAre(open, new DeviceId(path[0], path[1]), out);
    }
    openWindows.update(open);
  }

  /** Each open window with what the finer ones have not yet handed up. */
  private void writeAsTheyAre(OpenWindows open, DeviceId device, Collector<Aggregate> out) {
    @Nullable WindowStatistics finer = null;
    for (int i = 0; i < tiers().size(); i++) {
      WindowStatistics window = open.windows[i];
      WindowStatistics whole;
      if (window != null) {
        whole = window.copy();
      } else if (finer != null) {
        long every = tiers().get(i).everyMs();
        whole = new WindowStatistics(Math.floorDiv(finer.start(), every) * every);
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
