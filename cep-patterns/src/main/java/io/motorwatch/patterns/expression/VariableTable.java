package io.motorwatch.patterns.expression;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Gives each name used by any expression of a pattern set an index, so that evaluation reads an
 * array. Grows while expressions are compiled; not thread-safe until then.
 */
public final class VariableTable {

  private final List<String> names = new ArrayList<>();
  private final Map<String, Integer> indexes = new HashMap<>();

  public int indexOf(String name) {
    return indexes.computeIfAbsent(
        name,
        n -> {
          names.add(n);
          return names.size() - 1;
        });
  }

  public List<String> names() {
    return List.copyOf(names);
  }
}
