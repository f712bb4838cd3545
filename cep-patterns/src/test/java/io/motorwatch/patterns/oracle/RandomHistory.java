package io.motorwatch.patterns.oracle;

import io.motorwatch.model.Attributes;
import io.motorwatch.patterns.definition.PatternSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Readings with gaps, equal time stamps, missing fields and changes of the nameplate. */
final class RandomHistory {

  private static final long[] PAUSES = {0, 500, 500, 500, 1000, 1000, 1500, 2000};
  private static final long[] LONG = {3000, 3001, 5000, 5001, 7000, 7001};
  private static final String[] KINDS = {"pump", "fan", "press"};

  private RandomHistory() {}

  /** The sets are in force one after the other, each for an equal part. */
  static List<HistoryReading> next(Random random, List<PatternSet> sets, int length) {
    List<HistoryReading> history = new ArrayList<>();
    Attributes attributes = Attributes.ofNumbers(Map.of("ref", 1.0));
    Map<String, Double> values = new TreeMap<>();
    long at = 1_000_000;
    for (int i = 0; i < length; i++) {
      PatternSet set = sets.get(i * sets.size() / length);
      at += random.nextInt(25) == 0 ? LONG[random.nextInt(6)] : PAUSES[random.nextInt(8)];
      if (random.nextInt(30) == 0) {
        attributes = attributes(random);
      }
      for (String field : List.of("a", "b", "current")) {
        // Values stay for a while, so that durations are reached.
        if (random.nextInt(3) == 0 || !values.containsKey(field)) {
          double most = field.equals("current") ? 13 : 5;
          values.put(field, random.nextInt(12) == 0 ? Double.NaN : random.nextInt((int) most));
        }
      }
      history.add(new HistoryReading(at, Map.copyOf(values), attributes, set));
    }
    return history;
  }

  private static Attributes attributes(Random random) {
    return new Attributes(
        random.nextInt(5) == 0 ? Map.of() : Map.of("ref", 1.0 + random.nextInt(2)),
        Map.of("kind", KINDS[random.nextInt(3)]),
        Map.of());
  }
}
