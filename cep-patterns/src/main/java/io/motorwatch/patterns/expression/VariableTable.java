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
  private final List<StatefulFunctionCall> functionCalls = new ArrayList<>();
  private final Map<String, Integer> indexes = new HashMap<>();
  private final Set<String> divisors = new HashSet<>();
  private final Set<String> ratings = new HashSet<>();
  private final Set<String> computedAlways = new HashSet<>();
  private Set<String> recorded = new HashSet<>();

  public int indexOf(String name) {
    recorded.add(name);
    return indexes.computeIfAbsent(
        name,
        n -> {
          names.add(n);
          return names.size() - 1;
        });
  }

  /**
   * Returns a set that receives the names looked up from now on, until this is called again: the
   * names that one expression reads.
   */
  public Set<String> recordNames() {
    recorded = new HashSet<>();
    return recorded;
  }

  /** Has calls computed for every device: those that texts and numbers of alarms need. */
  public void computeAlways(Set<String> names) {
    computedAlways.addAll(names);
  }

  /** See {@link #computeAlways}. */
  public boolean isComputedAlways(String name) {
    return computedAlways.contains(name);
  }

  /** Records a name by which an expression divides. */
  void mustNotBeZero(String name) {
    divisors.add(name);
  }

  /** Records a name that is a rating whatever it is called: an argument of the thermal replica. */
  void mustBePositive(String name) {
    ratings.add(name);
  }

  /** The usable values of an attribute; names that begin with {@code rated} are ratings. */
  public AttributeRange range(String name) {
    if (name.startsWith("rated") || ratings.contains(name)) {
      return AttributeRange.POSITIVE;
    }
    return divisors.contains(name) ? AttributeRange.NOT_ZERO : AttributeRange.ANY;
  }

  /** The calls of stateful functions, each behind those it needs. */
  public List<StatefulFunctionCall> functionCalls() {
    return List.copyOf(functionCalls);
  }

  /** The variable of a call of a stateful function. */
  int indexOfCall(String text, IntFunction<StatefulFunctionCall> call) {
    recorded.add(text);
    Integer known = indexes.get(text);
    if (known != null) {
      return known;
    }
    int index = indexOf(text);
    functionCalls.add(call.apply(index));
    return index;
  }

  public List<String> names() {
    return List.copyOf(names);
  }

  /** How many names there are, including calls of stateful functions. */
  public int size() {
    return names.size();
  }

  /** How many of the names are calls of stateful functions. */
  public int functionCallCount() {
    return functionCalls.size();
  }
}
