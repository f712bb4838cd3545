package io.motorwatch.patterns.signal;

import io.motorwatch.patterns.function.StatefulFunctionCall;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The trace functions of a pattern set, and where in a device's memory each has its numbers. */
final class FunctionMemory {

  private final List<StatefulFunctionCall> all;
  private final int[] from;
  private final long[] ids;
  private final int size;

  FunctionMemory(List<StatefulFunctionCall> all) {
    this.all = all;
    this.from = new int[all.size()];
    this.ids = all.stream().mapToLong(trace -> Fingerprint.of("trace " + trace.text())).toArray();
    int next = 0;
    for (int i = 0; i < from.length; i++) {
      from[i] = next;
      next += all.get(i).size();
    }
    this.size = next;
  }

  /** The memory of a device nothing is known of. */
  double[] fresh() {
    double[] memory = new double[size];
    Arrays.fill(memory, Double.NaN);
    return memory;
  }

  /** Works out the value of each with a reading. */
  void follow(double[] variables, long at, boolean started, double[] memory) {
    for (int i = 0; i < from.length; i++) {
      all.get(i).follow(variables, at, started, memory, from[i]);
    }
  }

  /** What is to be kept: of each that knows anything, its numbers up to the last known one. */
  List<RestoredFunctionState> kept(double[] memory) {
    List<RestoredFunctionState> kept = new ArrayList<>();
    for (int i = 0; i < from.length; i++) {
      int length = all.get(i).size();
      while (length > 0 && Double.isNaN(memory[from[i] + length - 1])) {
        length--;
      }
      if (length > 0) {
        kept.add(
            new RestoredFunctionState(
                ids[i], Arrays.copyOfRange(memory, from[i], from[i] + length)));
      }
    }
    return kept;
  }

  /**
   * The memory by what was kept of the same calls, under this or another file. Earlier versions
   * took in numbers that are not finite; what they spoiled starts afresh.
   */
  double[] adopt(List<RestoredFunctionState> kept) {
    double[] memory = fresh();
    for (RestoredFunctionState each : kept) {
      for (int i = 0; i < ids.length; i++) {
        if (ids[i] == each.id() && each.isFinite()) {
          each.copyTo(memory, from[i], all.get(i).size());
        }
      }
    }
    return memory;
  }
}
