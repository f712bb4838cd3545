package io.motorwatch.patterns.expression;

import io.motorwatch.patterns.trace.Trace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * Gives each name used by any expression of a pattern set an index, so that evaluation reads an
 * array. Grows while expressions are compiled; not thread-safe until then.
 */
public final class VariableTable {

  private final List<String> names = new ArrayList<>();
  private final List<Trace> traces = new ArrayList<>();
  private final Map<String, Integer> indexes = new HashMap<>();

  public int indexOf(String name) {
    return indexes.computeIfAbsent(
        name,
        n -> {
          names.add(n);
          return names.size() - 1;
        });
  }

  /** The trace functions the expressions call, each behind those it needs. */
  public List<Trace> traces() {
    return List.copyOf(traces);
  }

  /** The variable a call of a trace function becomes. */
  int indexOfCall(String text, IntFunction<Trace> call) {
    Integer known = indexes.get(text);
    if (known != null) {
      return known;
    }
    int index = indexOf(text);
    traces.add(call.apply(index));
    return index;
  }

  public List<String> names() {
    return List.copyOf(names);
  }

  /** How many names there are, calls of trace functions included. */
  public int size() {
    return names.size();
  }

  /** How many of the names are calls of trace functions. */
  public int traceCount() {
    return traces.size();
  }
}
