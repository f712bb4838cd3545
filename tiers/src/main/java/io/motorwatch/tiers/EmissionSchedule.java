package io.motorwatch.tiers;

import io.motorwatch.model.Aggregate;
import io.motorwatch.model.DeviceId;
import java.util.Map;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.util.Collector;

/**
 * When windows are written. All devices close their minutes at about the same time, and the
 * database is not to get them all at once: a device's windows wait for its own moment within each
 * period of {@code tiers.spread}, given by its name. What is written is the newest state of a
 * window, so one that is corrected many times meanwhile is written once, and what the database
 * holds in the end is the same for any moment.
 *
 * <p>Waiting windows are keyed state. The moment of a device is the same for all that wait at one
 * time, so it has one timer at most.
 */
final class EmissionSchedule {

  private final MapState<Long, WindowStatistics> waiting;
  private final Aggregates[] tiers;
  private final long spreadMs;

  /**
   * @param spreadMs the period, wall clock; 0: everything is written at once
   */
  EmissionSchedule(MapState<Long, WindowStatistics> waiting, Aggregates[] tiers, long spreadMs) {
    this.waiting = waiting;
    this.tiers = tiers;
    this.spreadMs = spreadMs;
  }

  /** Writes a window of a tier when the device's moment comes. */
  void write(
      int tier,
      WindowStatistics window,
      DeviceId device,
      TimerService timers,
      Collector<Aggregate> out)
      throws Exception {
    if (spreadMs == 0) {
      // An older value of it may wait from before a restart with a period.
      waiting.remove(ClosedWindows.key(tier, window.start()));
      writeNow(tier, window, device, out);
      return;
    }
    waiting.put(ClosedWindows.key(tier, window.start()), window);
    timers.registerProcessingTimeTimer(moment(device, timers.currentProcessingTime()));
  }

  void writeNow(int tier, WindowStatistics window, DeviceId device, Collector<Aggregate> out) {
    out.collect(tiers[tier].of(window, device));
  }

  /** Writes all that waits: also without a period, since the job before may have had one. */
  void flush(DeviceId device, Collector<Aggregate> out) throws Exception {
    for (Map.Entry<Long, WindowStatistics> entry : waiting.entries()) {
      writeNow(ClosedWindows.tier(entry.getKey()), entry.getValue(), device, out);
    }
    waiting.clear();
  }

  /** Leaves no timer behind, once all that waited is written. */
  void forget(DeviceId device, TimerService timers) {
    if (spreadMs > 0) {
      timers.deleteProcessingTimeTimer(moment(device, timers.currentProcessingTime()));
    }
  }

  /** The device's next moment after this one; epoch milliseconds. */
  private long moment(DeviceId device, long now) {
    // Names differ in their last digits; the multiplication (Fibonacci hashing) spreads them.
    long mixed = (device.path().hashCode() * 0x9E3779B97F4A7C15L) >>> 33;
    long phase = mixed % spreadMs;
    return now - Math.floorMod(now - phase, spreadMs) + spreadMs;
  }
}
