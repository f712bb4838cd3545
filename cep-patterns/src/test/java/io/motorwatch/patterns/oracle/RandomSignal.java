package io.motorwatch.patterns.oracle;

import java.util.Random;

/** A signal with few levels, so that readings meet them often. Changed in place. */
final class RandomSignal {

  private static final String[] VALUES = {"a", "b", "a / ref", "current / ratedCurrent"};
  private static final String[] STATES = {"START", "RUN", "STOP"};

  private final Random random;
  private String value;
  private boolean above;
  private String level;
  private int gap;
  private String states;

  RandomSignal(Random random, int number) {
    this.random = random;
    this.value = VALUES[number];
    this.above = random.nextInt(4) > 0;
    this.level = level();
    this.gap = gap();
    this.states = states();
  }

  /** A level on the signal's side. */
  String level() {
    int at = 1 + random.nextInt(3);
    int reset = above ? at - random.nextInt(2) : at + random.nextInt(2);
    return (above ? "above: " : "below: ") + at + ", reset: " + reset;
  }

  private int gap() {
    return 3 + random.nextInt(3) * 2;
  }

  private String states() {
    return random.nextInt(4) == 0 ? ", while: [" + STATES[random.nextInt(STATES.length)] + "]" : "";
  }

  void change() {
    if (random.nextInt(2) == 0) {
      level = level();
    }
    if (random.nextInt(6) == 0) {
      gap = gap();
    }
    if (random.nextInt(10) == 0) {
      states = states();
    }
    if (random.nextInt(12) == 0) {
      value = VALUES[random.nextInt(VALUES.length)];
    }
    if (random.nextInt(16) == 0) {
      above = !above;
      level = level();
    }
  }

  @Override
  public String toString() {
    return "{value: " + value + ", " + level + ", max-gap: " + gap + "s" + states + "}";
  }
}
