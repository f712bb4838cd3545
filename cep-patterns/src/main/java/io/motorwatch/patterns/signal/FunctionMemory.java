package io.motorwatch.patterns.signal;

import io.motorwatch.patterns.expression.VariableTable;
import io.motorwatch.patterns.function.StatefulFunctionCall;
import io.motorwatch.patterns.motor.StartPhase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Where in a device's memory each stateful function of a pattern file has its numbers. A device has
 * room up to the last function that it needs: those that only patterns of other devices use cost
 * nothing. For the task thread only, as the functions are.
 */
final class FunctionMemory {

  /** The memory of a device without a reading. */
  static final double[] NONE = {};

  private final List<StatefulFunctionCall> calls;
  private final int[] from;
  private final long[] ids;
  private final long always;

  static FunctionMemory of(VariableTable variables) {
    List<StatefulFunctionCall> calls = variables.functionCalls();
    long always = 0;
    for (int i = 0; i < calls.size(); i++) {
      always |= variables.isComputedAlways(calls.get(i).text()) ? 1L << i : 0;
    }
    return new FunctionMemory(calls, always);
  }

  // The text of which an id is a fingerprint stands in savepoints: it must not change.
  private FunctionMemory(List<StatefulFunctionCall> calls, long always) {
    this.calls = calls;
    this.from = new int[calls.size()];
    this.ids = calls.stream().mapToLong(call -> Fingerprint.of("trace " + call.text())).toArray();
    int next = 0;
    for (int i = 0; i < from.length; i++) {
      from[i] = next;
      next += calls.get(i).size();
    }
    this.always = always;
  }

  /** The functions that these names include, and those that every device needs; a bit for each. */
  long functionsOf(Set<String> names) {
    long functions = always;
    for (int i = 0; i < from.length; i++) {
      functions |= names.contains(calls.get(i).text()) ? 1L << i : 0;
    }
    return functions;
  }

  /** The memory with room for these functions: the same where it has it. */
  double[] withRoom(long functions, double[] memory) {
    if (functions == 0) {
      return memory;
    }
    int last = Long.SIZE - 1 - Long.numberOfLeadingZeros(functions);
    int size = from[last] + calls.get(last).size();
    if (memory.length >= size) {
      return memory;
    }
    double[] more = Arrays.copyOf(memory, size);
    Arrays.fill(more, memory.length, size, Double.NaN);
    return more;
  }

  /**
   * Computes the value of each of these functions with a reading; that of others is unknown, and
   * their memory stays as it is.
   */
  void evaluate(long functions, double[] variables, long at, StartPhase start, double[] memory) {
    for (int i = 0; i < from.length; i++) {
      if ((functions >> i & 1) != 0) {
        calls.get(i).evaluate(variables, at, start, memory, from[i]);
      } else {
        calls.get(i).forget(variables);
      }
    }
  }

  /** What is written to state: the numbers of each function up to its last known one. */
  List<RestoredFunctionState> toSave(double[] memory) {
    List<RestoredFunctionState> saved = new ArrayList<>();
    for (int i = 0; i < from.length; i++) {
      int length = Math.max(0, Math.min(calls.get(i).size(), memory.length - from[i]));
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
    double[] memory = NONE;
    for (RestoredFunctionState each : restored) {
      for (int i = 0; i < ids.length; i++) {
        if (ids[i] == each.id() && each.isFinite()) {
          memory = withRoom(1L << i, memory);
          each.copyTo(memory, from[i], calls.get(i).size());
        }
      }
    }
    return memory;
  }
}
