package io.motorwatch.patterns.signal;

import io.motorwatch.patterns.function.StatefulFunctionCall;
import io.motorwatch.patterns.motor.StartPhase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where in a device's memory each stateful function of a pattern file has its numbers. For the task
 * thread only, as the functions are.
 */
final class FunctionMemory {

  private final List<StatefulFunctionCall> calls;
  private final int[] from;
  private final long[] ids;
  private final int size;

  // The text of which an id is a fingerprint stands in savepoints: it must not change.
  FunctionMemory(List<StatefulFunctionCall> calls) {
    this.calls = calls;
    this.from = new int[calls.size()];
    this.ids = calls.stream().mapToLong(call -> Fingerprint.of("trace " + call.text())).toArray();
    int next = 0;
    for (int i = 0; i < from.length; i++) {
      from[i] = next;
      next += calls.get(i).size();
    }
    this.size = next;
  }

  /** The memory of a device without a reading. */
  double[] create() {
    double[] memory = new double[size];
    Arrays.fill(memory, Double.NaN);
    return memory;
  }

  /** Computes the value of each with a reading. */
  void evaluate(double[] variables, long at, StartPhase start, double[] memory) {
    for (int i = 0; i < from.length; i++) {
      calls.get(i).evaluate(variables, at, start, memory, from[i]);
    }
  }

  /** What is written to state: the numbers of each function up to its last known one. */
  List<RestoredFunctionState> toSave(double[] memory) {
    List<RestoredFunctionState> saved = new ArrayList<>();
    for (int i = 0; i < from.length; i++) {
      int length = calls.get(i).size();
      while (length > 0 && Double.isNaN(memory[from[i] + length - 1])) {
        length--;
      }
      if (length > 0) {
        saved.add(
            new RestoredFunctionState(
                ids[i], Arrays.copyOfRange(memory, from[i], from[i] + length)));
      }
    }
    return saved;
  }

  /**
   * The memory restored from the same calls, under this or another file. Earlier versions stored
   * numbers that are not finite; the functions they spoiled start again.
   */
  double[] restore(List<RestoredFunctionState> restored) {
    double[] memory = create();
    for (RestoredFunctionState each : restored) {
      for (int i = 0; i < ids.length; i++) {
        if (ids[i] == each.id() && each.isFinite()) {
          each.copyTo(memory, from[i], calls.get(i).size());
        }
      }
    }
    return memory;
  }
}
