package io.motorwatch.tiers;

import io.motorwatch.model.Aggregate;
import io.motorwatch.model.ClockSetBack;
import io.motorwatch.model.DeviceId;
import io.motorwatch.model.Reading;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/** Adds readings to windows, closes these, and hands each up to the tier above. */
final class Downsampling {

  private final TierPlan plan;
  private final ClosedWindows closed;
  private final EmissionSchedule emission;
  private final Counter lateDropped;

  Downsampling(
      TierPlan plan, ClosedWindows closed, EmissionSchedule emission, Counter lateDropped) {
    this.plan = plan;
    this.closed = closed;
    this.emission = emission;
    this.lateDropped = lateDropped;
  }

  /**
   * @param gains of counters, by the reading's slots; null without
   */
  void take(
      Reading reading,
      double @Nullable [] gains,
      DeviceWindows open,
      TimerService timers,
      Collector<Aggregate> out)
      throws Exception {
    CurrentWindow current = open.current();
    if (reading.timestamp() < current.lastAt) {
      correct(open, reading, timers, out);
      return;
    }
    advance(open, reading.timestamp(), reading.device(), timers, out);
    if (current.overlapUntil == CurrentWindow.NEVER) {
      window(open, 0, reading.timestamp()).add(reading, gains);
    } else {
      addAgain(open, reading, gains, timers, out);
    }
    current.lastAt = reading.timestamp();
  }

  private WindowStatistics window(DeviceWindows open, int tier, long at) {
    WindowStatistics window = open.get(tier);
    if (window == null) {
      window = plan.window(tier, at);
      open.set(tier, window);
    }
    return window;
  }

  /** Closes every window that ends by {@code now}, finest first. */
  private void advance(
      DeviceWindows open, long now, DeviceId device, TimerService timers, Collector<Aggregate> out)
      throws Exception {
    boolean any = false;
    for (int i = 0; i < plan.size(); i++) {
      WindowStatistics window = open.get(i);
      if (window == null || window.end() > now) {
        continue;
      }
      emission.write(i, window, device, timers, out);
      handUp(open, i + 1, window, device, timers, out);
      if (plan.lateMs() > 0) {
        closed.put(i, window, open.coarser());
      }
      open.set(i, null);
      any = true;
    }
    if (any) {
      closed.forgetBefore(now - plan.lateMs(), open.coarser());
    }
  }

  /** Adds a closed window to the one of the tier above. */
  private void handUp(
      DeviceWindows open,
      int tier,
      WindowStatistics part,
      DeviceId device,
      TimerService timers,
      Collector<Aggregate> out)
      throws Exception {
    if (tier == plan.size()) {
      return;
    }
    WindowStatistics before = closedBefore(open, tier, part.start());
    if (before == null) {
      window(open, tier, part.start()).merge(part);
      return;
    }
    before.merge(part);
    rewrite(tier, before, open, device, timers, out);
    handUp(open, tier + 1, part, device, timers, out);
  }

  /** A window of this tier and time that was closed before the clock was set back, or null. */
  private @Nullable WindowStatistics closedBefore(DeviceWindows open, int tier, long at)
      throws Exception {
    if (open.current().overlapUntil == CurrentWindow.NEVER) {
      return null;
    }
    long start = plan.start(tier, at);
    return start <= open.current().overlapUntil ? closed.get(tier, start, open.coarser()) : null;
  }

  private void rewrite(
      int tier,
      WindowStatistics window,
      DeviceWindows open,
      DeviceId device,
      TimerService timers,
      Collector<Aggregate> out)
      throws Exception {
    closed.put(tier, window, open.coarser());
    emission.write(tier, window, device, timers, out);
  }

  /**
   * Closes every window of the clock as it was. They are kept, whatever {@code tiers.late} says,
   * until the new clock is past them: readings by it may belong to them too.
   */
  void closeAll(
      DeviceWindows open, ClockSetBack event, TimerService timers, Collector<Aggregate> out)
      throws Exception {
    for (int i = 0; i < plan.size(); i++) {
      WindowStatistics window = open.get(i);
      if (window != null) {
        rewrite(i, window, open, event.device(), timers, out);
        handUp(open, i + 1, window, event.device(), timers, out);
        open.set(i, null);
      }
    }
    CurrentWindow current = open.current();
    current.lastAt = CurrentWindow.NEVER;
    current.overlapUntil = Math.max(current.overlapUntil, event.from());
  }

  /** Adds a reading to the windows closed before the clock was set back, else to the open one. */
  private void addAgain(
      DeviceWindows open,
      Reading reading,
      double @Nullable [] gains,
      TimerService timers,
      Collector<Aggregate> out)
      throws Exception {
    CurrentWindow current = open.current();
    if (plan.start(plan.size() - 1, reading.timestamp()) > current.overlapUntil) {
      current.overlapUntil = CurrentWindow.NEVER;
    }
    for (int i = 0; i < plan.size(); i++) {
      WindowStatistics before = closedBefore(open, i, reading.timestamp());
      if (before == null) {
        window(open, i, reading.timestamp()).add(reading, gains);
        return;
      }
      before.add(reading, gains);
      rewrite(i, before, open, reading.device(), timers, out);
    }
  }

  private void correct(
      DeviceWindows open, Reading reading, TimerService timers, Collector<Aggregate> out)
      throws Exception {
    long lastAt = open.current().lastAt;
    long at = reading.timestamp();
    if (lastAt - at > plan.lateMs()) {
      lateDropped.inc();
      return;
    }
    for (int i = 0; i < plan.size(); i++) {
      WindowStatistics current = open.get(i);
      if (current != null && current.start() <= at && at < current.end()) {
        current.add(reading, null);
        return;
      }
      WindowStatistics empty = plan.window(i, at);
      // Also one that is not over yet, if the clock was set back in it.
      WindowStatistics kept = closed.get(i, empty.start(), open.coarser());
      if (kept == null && current == null && lastAt < empty.end()) {
        empty.add(reading, null);
        open.set(i, empty);
        return;
      }
      WindowStatistics window = kept == null ? empty : kept;
      window.add(reading, null);
      rewrite(i, window, open, reading.device(), timers, out);
    }
  }

  /** Writes each open window with what the finer ones have not yet handed up. */
  void writeAsTheyAre(DeviceWindows open, DeviceId device, Collector<Aggregate> out)
      throws Exception {
    @Nullable WindowStatistics finer = null;
    for (int i = 0; i < plan.size(); i++) {
      WindowStatistics window = open.get(i);
      WindowStatistics whole;
      if (window != null) {
        whole = window.copy();
      } else if (finer != null) {
        WindowStatistics before = closedBefore(open, i, finer.start());
        whole = before == null ? plan.window(i, finer.start()) : before.copy();
      } else {
        continue;
      }
      if (finer != null) {
        whole.merge(finer);
      }
      emission.writeNow(i, whole, device, out);
      finer = whole;
    }
  }
}
