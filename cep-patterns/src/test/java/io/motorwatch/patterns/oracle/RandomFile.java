package io.motorwatch.patterns.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Pattern files of every feature of contract §6, small enough that their limits are met often. */
public final class RandomFile {

  private static final String[] SIGNALS = {"s0", "s1", "s2", "s3"};
  private static final String[] VALUES = {"a", "b", "a / ref", "current / ratedCurrent"};
  private static final String[] STATES = {"START", "RUN", "STOP"};

  private static final Pattern NUMBERS =
      Pattern.compile("\\b(for|within|after|above|below): (?:[1-9]\\d*m?s|\\d+, reset: \\d+)");

  private final Random random;
  private final StringBuilder text = new StringBuilder();

  private RandomFile(Random random) {
    this.random = random;
  }

  public static String next(Random random) {
    return new RandomFile(random).write();
  }

  /** The same file with other levels and durations, now and then without its last pattern. */
  static String changed(Random random, String file, int version) {
    Matcher numbers = NUMBERS.matcher(file.replaceFirst("version: \\d+", "version: " + version));
    StringBuilder changed = new StringBuilder();
    while (numbers.find()) {
      boolean other = random.nextInt(2) == 0;
      numbers.appendReplacement(changed, other ? other(random, numbers) : numbers.group());
    }
    numbers.appendTail(changed);
    int last = changed.lastIndexOf("\n  p") + 1;
    boolean more = changed.lastIndexOf("\n  p", last - 2) > 0;
    return more && random.nextInt(3) == 0 ? changed.substring(0, last) : changed.toString();
  }

  private static int seconds(String text) {
    return Integer.parseInt(text.replaceAll("\\D", ""));
  }

  private static String other(Random random, Matcher number) {
    return switch (number.group(1)) {
      case "for" -> "for: " + (1 + random.nextInt(6)) * 500 + "ms";
      // Not longer: what had waited too long under the file before is gone, but the oracle keeps
      // it.
      case "within" -> "within: " + (1 + random.nextInt(seconds(number.group()))) + "s";
      case "after" -> number.group().contains("2s") ? "after: 1s" : "after: 6s";
      default -> {
        int level = 1 + random.nextInt(3);
        boolean above = number.group(1).equals("above");
        int reset = above ? level - random.nextInt(2) : level + random.nextInt(2);
        yield number.group(1) + ": " + level + ", reset: " + reset;
      }
    };
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
