package io.motorwatch.patterns.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

/**
 * A pattern file of every feature of contract §6, small enough that its limits are met often. It
 * changes in every way a file may.
 */
public final class RandomFile {

  private static final int SIGNALS = 4;
  private static final int MOST_PATTERNS = 6;

  private final Random random;
  private final List<RandomSignal> signals = new ArrayList<>();
  private final TreeMap<Integer, RandomPattern> patterns = new TreeMap<>();
  private int version = 1;

  private RandomFile(Random random) {
    this.random = random;
    for (int i = 0; i < SIGNALS; i++) {
      signals.add(new RandomSignal(random, i));
    }
    int count = 1 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      add(i);
    }
  }

  public static String next(Random random) {
    return new RandomFile(random).toString();
  }

  /** A file and what it becomes, version after version. */
  static List<String> versions(Random random, int count) {
    RandomFile file = new RandomFile(random);
    List<String> all = new ArrayList<>(List.of(file.toString()));
    while (all.size() < count) {
      file.change();
      all.add(file.toString());
    }
    return all;
  }

  private void change() {
    version++;
    signals.forEach(RandomSignal::change);
    patterns.values().forEach(RandomPattern::change);
    if (patterns.size() > 1 && random.nextInt(3) == 0) {
      remove();
    }
    int next = firstFree();
    if (next < MOST_PATTERNS && random.nextInt(3) == 0) {
      add(next);
    }
  }

  /** Its steps may name the alarms of those of lower numbers. */
  private void add(int number) {
    patterns.put(number, new RandomPattern(random, patterns.headMap(number).keySet(), signals));
  }

  private int firstFree() {
    int number = 0;
    while (patterns.containsKey(number)) {
      number++;
    }
    return number;
  }

  /** One that no other names. */
  private void remove() {
    List<Integer> free =
        patterns.keySet().stream()
            .filter(each -> patterns.values().stream().noneMatch(p -> p.names(each)))
            .toList();
    patterns.remove(free.get(random.nextInt(free.size())));
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("apiVersion: motorwatch/v1\nversion: ");
    text.append(version).append("\ndefaults: {ratedCurrent: 4.0}\nsignals:\n");
    for (int i = 0; i < SIGNALS; i++) {
      text.append("  s").append(i).append(": ").append(signals.get(i)).append("\n");
    }
    text.append("patterns:\n");
    patterns.forEach((i, pattern) -> text.append("  p").append(i).append(":\n").append(pattern));
    return text.toString();
  }
}
