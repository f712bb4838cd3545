package io.motorwatch.model;

import java.util.List;
import java.util.Map;

/**
 * A device's nameplate: rated current, motor type and the like. Immutable.
 *
 * @param numbers numeric attributes (a boolean is 0 or 1)
 * @param texts text attributes, those that are numbers as well included; a value of another kind
 *     ({@code null}, {@code {…}}) by what it looked like, so that whoever needs a number can say
 *     what there was instead
 * @param lists lists of text, {@code counters} for example
 */
public record Attributes(
    Map<String, Double> numbers, Map<String, String> texts, Map<String, List<String>> lists) {

  public static final Attributes NONE = new Attributes(Map.of(), Map.of(), Map.of());

  public Attributes {
    numbers = Map.copyOf(numbers);
    texts = Map.copyOf(texts);
    lists = Map.copyOf(lists);
  }

  public static Attributes ofNumbers(Map<String, Double> numbers) {
    return new Attributes(numbers, Map.of(), Map.of());
  }

  public boolean isEmpty() {
    return numbers.isEmpty() && texts.isEmpty() && lists.isEmpty();
  }
}
