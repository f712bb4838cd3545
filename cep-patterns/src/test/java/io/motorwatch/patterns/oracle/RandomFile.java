package io.motorwatch.patterns.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Pattern files of every feature of contract §6, small enough that their limits are met often. */
final class RandomFile {

  private static final String[] SIGNALS = {"s0", "s1", "s2", "s3"};
  private static final String[] VALUES = {"a", "b", "a / ref", "current / ratedCurrent"};
  private static final String[] STATES = {"START", "RUN", "STOP"};

  private final Random random;
  private final StringBuilder text = new StringBuilder();

  private RandomFile(Random random) {
    this.random = random;
  }

  static String next(Random random) {
    return new RandomFile(random).write();
  }

  private String write() {
    text.append("apiVersion: motorwatch/v1\nversion: 1\ndefaults: {ratedCurrent: 4.0}\nsignals:\n");
    for (int i = 0; i < SIGNALS.length; i++) {
      text.append("  ").append(SIGNALS[i]).append(": {value: ").append(VALUES[i]);
      boolean above = random.nextInt(4) > 0;
      int level = 1 + random.nextInt(3);
      text.append(above ? ", above: " : ", below: ").append(level);
      text.append(", reset: ")
          .append(above ? level - random.nextInt(2) : level + random.nextInt(2));
      text.append(", max-gap: ").append(3 + random.nextInt(3) * 2).append("s");
      if (random.nextInt(4) == 0) {
        text.append(", while: [").append(pick(STATES)).append("]");
      }
      text.append("}\n");
    }
    text.append("patterns:\n");
    int patterns = 1 + random.nextInt(4);
    for (int i = 0; i < patterns; i++) {
      pattern(i);
    }
    return text.toString();
  }

  private void pattern(int number) {
    text.append("  p").append(number).append(":\n    sequence:\n");
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      text.append("      - {").append(step(number, i == 0)).append("}\n");
    }
    if (random.nextInt(3) == 0) {
      text.append("    within: ").append(2 + random.nextInt(15)).append("s\n");
    }
    if (random.nextInt(3) == 0) {
      text.append("    clear: {").append(condition()).append(", for: ");
      text.append(random.nextInt(3)).append("s}\n");
    }
    if (random.nextInt(3) == 0) {
      text.append(
          "    escalate: [{after: 2s, severity: MAJOR}, {after: 5s, severity: CRITICAL}]\n");
    }
    if (random.nextInt(5) == 0) {
      text.append("    applies-to: {kind: [pump, fan]}\n");
    }
    if (random.nextInt(5) == 0) {
      text.append("    overrides: {").append(random.nextBoolean() ? "m" : "x/m");
      text.append(": {signals: {").append(pick(SIGNALS)).append(": {max-gap: 4s}}}}\n");
    }
  }

  private String step(int number, boolean first) {
    List<String> parts = new ArrayList<>();
    boolean alarm = number > 0 && random.nextInt(4) == 0;
    parts.add(alarm ? "alarm: p" + random.nextInt(number) : condition());
    if (!alarm && random.nextInt(2) == 0) {
      parts.add("for: " + (1 + random.nextInt(6)) * 500 + "ms");
    }
    if (random.nextInt(4) == 0) {
      parts.add("times: " + (1 + random.nextInt(3)));
    }
    if (!first && random.nextInt(3) == 0) {
      parts.add("within: " + (1 + random.nextInt(8)) + "s");
    }
    if (!first && random.nextInt(3) == 0) {
      boolean other = number > 0 && random.nextInt(4) == 0;
      String lasting = !other && random.nextBoolean() ? ", for: 1s" : "";
      String what = other ? "alarm: p" + random.nextInt(number) : condition();
      parts.add("not: {" + what + lasting + "}");
    }
    return String.join(", ", parts);
  }

  private String condition() {
    return switch (random.nextInt(7)) {
      case 0 -> "off: " + pick(SIGNALS);
      case 1 -> "all: [" + pick(SIGNALS) + ", " + pick(SIGNALS) + "]";
      case 2 -> "any: [" + pick(SIGNALS) + ", {off: " + pick(SIGNALS) + "}]";
      case 3 -> "state: " + pick(STATES);
      default -> "on: " + pick(SIGNALS);
    };
  }

  private String pick(String[] from) {
    return from[random.nextInt(from.length)];
  }
}
