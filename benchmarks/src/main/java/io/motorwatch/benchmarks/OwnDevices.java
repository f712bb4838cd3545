package io.motorwatch.benchmarks;

import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;

/**
 * The devices of a fleet whose keys belong to one subtask, so that it can make their readings
 * itself and a keyed operator be chained behind it, without a shuffle.
 *
 * @param numbers of the devices, by subtask
 */
record OwnDevices(int[][] numbers) implements Serializable {

  static OwnDevices of(int devices, int maxParallelism, int parallelism) {
    int[][] numbers = new int[parallelism][];
    for (int subtask = 0; subtask < parallelism; subtask++) {
      int own = subtask;
      numbers[subtask] =
          IntStream.range(0, devices)
              .filter(
                  device ->
                      KeyGroupRangeAssignment.assignKeyToParallelOperator(
                              "plant/motor-" + device, maxParallelism, parallelism)
                          == own)
              .toArray();
    }
    return new OwnDevices(numbers);
  }

  /** All of them together. */
  int count() {
    return Arrays.stream(numbers).mapToInt(own -> own.length).sum();
  }
}
