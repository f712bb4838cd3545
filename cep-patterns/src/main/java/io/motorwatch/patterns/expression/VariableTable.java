package io.motorwatch.patterns.expression;

import io.motorwatch.patterns.function.StatefulFunctionCall;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * Gives each name used by any expression of a pattern set an index, so that evaluation reads an
 * array. Grows while expressions are compiled; not thread-safe until then.
 */
public final class VariableTable {

  private final List<String> names = new ArrayList<>();
  private final List<StatefulFunctionCall> traces = new ArrayList<>();
  private final Map<String, Integer> indexes = new HashMap<>();
  private final Set<String> divisors = new HashSet<>();
  private final Set<String> ratings = new HashSet<>();
  private Set<String> noted = new HashSet<>();

  public int indexOf(String name) {
    noted.add(name);
    return indexes.computeIfAbsent(
        name,
        n -> {
          names.add(n);
          return names.size() - 1;
        });
  }

  /**
   * The names asked for from now on, in a set that grows until this is called again: which names
   * one expression reads.
   */
  public Set<String> note() {
    noted = new HashSet<>();
    return noted;
  }

  /** Notes a name by which an expression divides. */
  void mustNotBeZero(String name) {
    divisors.add(name);
  }

  /** Notes a name that is a rating whatever it is called: of the thermal replica. */
  void mustBePositive(String name) {
    ratings.add(name);
  }

  /** Which values of an attribute are of use; names that begin with {@code rated} are ratings. */
  public AttributeRange range(String name) {
    if (name.startsWith("rated") || ratings.contains(name)) {
      return AttributeRange.POSITIVE;
    }
    return divisors.contains(name) ? AttributeRange.NOT_ZERO : AttributeRange.ANY;
  }

  /** The trace functions the expressions call, each behind those it needs. */
  public List<StatefulFunctionCall> traces() {
    return List.copyOf(traces);
  }

  /** The variable a call of a trace function becomes. */
  int indexOfCall(String text, IntFunction<StatefulFunctionCall> call) {
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
