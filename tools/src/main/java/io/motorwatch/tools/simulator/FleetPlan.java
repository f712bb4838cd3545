package io.motorwatch.tools.simulator;

import io.motorwatch.model.DeviceId;
import java.util.List;

/**
 * All that determines a fleet's stream: the same plan gives the same readings, to the byte.
 *
 * @param devices how many, at least 1
 * @param seed chooses nameplates, loads and episodes
 * @param startAt device time at which it begins, epoch milliseconds
 * @param intervalMs device time between two readings of a device, at least 1 ms; with more than 10
 *     s no pattern can complete, since each reading then comes after a gap
 * @param durationMs device time it lasts, at least 1 ms
 * @param sites names to which the devices are dealt in turn, at least one
 */
public record FleetPlan(
    int devices, long seed, long startAt, long intervalMs, long durationMs, List<String> sites) {

  /** 1970 to 2100, so that no sum of times overflows. */
  private static final long LATEST = 4_102_444_800_000L;

  public FleetPlan {
    sites = List.copyOf(sites);
    if (devices < 1) {
      throw new IllegalArgumentException("a fleet needs at least one device, not " + devices);
    }
    if (intervalMs < 1 || intervalMs > LATEST) {
      throw new IllegalArgumentException(
          "at least 1 ms must be between two readings of a device, not " + intervalMs);
    }
    if (durationMs < 1 || durationMs > LATEST) {
      throw new IllegalArgumentException("the duration must be 1 ms or more, not " + durationMs);
    }
    if (startAt < 0 || startAt > LATEST) {
      throw new IllegalArgumentException("the start must be between 1970 and 2100");
    }
    if (sites.isEmpty()) {
      throw new IllegalArgumentException("a fleet needs a site");
    }
  }

  /** The device of an index from 0: {@code motor-1} is the first. */
  public DeviceId device(int index) {
    return new DeviceId(sites.get(index % sites.size()), "motor-" + (index + 1));
  }

  /** Device time at which all has ended, epoch milliseconds; itself not part of it. */
  public long endAt() {
    return startAt + durationMs;
  }

  /** When a device is read: the fleet's readings are spread evenly over the interval. */
  SamplingGrid grid(int index) {
    return new SamplingGrid(startAt + index * intervalMs / devices, intervalMs);
  }

  /** Random numbers for one purpose of one device. */
  SeededRandom random(int index, int purpose) {
    return new SeededRandom(seed, index * 16L + purpose);
  }
}
