package io.motorwatch.tools.history;

import io.motorwatch.model.DeviceId;
import java.util.List;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;

/**
 * Which subtask evaluates which device. Flink decides that by the hash of the device's name and the
 * number of key groups; so the number is chosen by which the subtasks have about equally much to
 * do, since a few devices, as histories mostly are of, are easily all of one subtask.
 *
 * @param parallelism subtasks
 * @param keyGroups Flink's maximal parallelism
 */
record Partitions(int parallelism, int keyGroups) {

  private static final int FEWEST_GROUPS = 128;
  private static final int TRIES = 200;

  /** Nearly even is enough. */
  private static final double EVEN = 1.02;

  /** The best of some numbers of key groups, for as many subtasks as there are devices at most. */
  static Partitions of(List<? extends DeviceHistory> devices, int mostParallelism) {
    int parallelism = Math.max(1, Math.min(mostParallelism, devices.size()));
    Partitions best = new Partitions(parallelism, FEWEST_GROUPS);
    long total = devices.stream().mapToLong(DeviceHistory::size).sum();
    long least = best.largest(devices);
    for (int i = 1; i < TRIES && least > EVEN * total / parallelism; i++) {
      Partitions next = new Partitions(parallelism, FEWEST_GROUPS + i);
      long largest = next.largest(devices);
      if (largest < least) {
        least = largest;
        best = next;
      }
    }
    return best;
  }

  private long largest(List<? extends DeviceHistory> devices) {
    long[] sizes = new long[parallelism];
    devices.forEach(each -> sizes[of(each.device())] += each.size());
    long largest = 0;
    for (long size : sizes) {
      largest = Math.max(largest, size);
    }
    return largest;
  }

  /** The index of the subtask that a device belongs to. */
  int of(DeviceId device) {
    return KeyGroupRangeAssignment.assignKeyToParallelOperator(
        device.path(), keyGroups, parallelism);
  }
}
