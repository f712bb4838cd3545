package io.motorwatch.patterns.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A pattern of any steps; those of alarms name others. Changed in place. */
final class RandomPattern {

  /** The title of a pattern without a clear rule, by which the oracle knows it. */
  static final String ENDS_BY_ITSELF = "ends by itself";

  private static final String[] STATES = {"START", "RUN", "STOP"};
  private static final String[] DEVICES = {"m", "x/m"};

  private static final Pattern DURATIONS = Pattern.compile("\\b(for|within|after): [1-9]\\d*m?s");

  private static final Pattern COUNTS = Pattern.compile("for: \\{[^}]*}");

  private final Random random;
  private final Set<Integer> others;
  private final List<RandomSignal> signals;
  private String steps;
  private String rest;

  /** By device and then the number of a signal, whether its level is its own or only its gap. */
  private final Map<String, Map<Integer, Boolean>> overrides = new TreeMap<>();

  /**
   * @param others the patterns whose alarms its steps may name; a view that changes with the file
   */
  RandomPattern(Random random, Set<Integer> others, List<RandomSignal> signals) {
    this.random = random;
    this.others = others;
    this.signals = signals;
    this.steps = steps();
    this.rest = rest();
    if (random.nextInt(5) == 0) {
      override();
    }
  }

  private void override() {
    overrides
        .computeIfAbsent(DEVICES[random.nextInt(2)], device -> new TreeMap<>())
        .put(random.nextInt(signals.size()), random.nextBoolean());
  }

  private String steps() {
    StringBuilder text = new StringBuilder();
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      text.append("      - {").append(step(i == 0)).append("}\n");
    }
    return text.toString();
  }

  private String rest() {
    StringBuilder text = new StringBuilder();
    if (random.nextInt(3) == 0) {
      text.append("    within: ").append(2 + random.nextInt(15)).append("s\n");
    }
    if (random.nextInt(3) == 0) {
      text.append("    clear: {").append(condition()).append(", ");
      text.append(random.nextInt(3) == 0 ? count() : "for: " + random.nextInt(3) + "s");
      text.append("}\n");
    }
    if (random.nextInt(3) == 0) {
      text.append(
          "    escalate: [{after: 2s, severity: MAJOR}, {after: 5s, severity: CRITICAL}]\n");
    }
    if (random.nextInt(5) == 0) {
      text.append("    applies-to: {kind: [pump, fan]}\n");
    }
    return text.toString();
  }

  private String step(boolean first) {
    List<String> parts = new ArrayList<>();
    boolean alarm = !others.isEmpty() && random.nextInt(4) == 0;
    parts.add(alarm ? alarm() : condition());
    if (!alarm && random.nextInt(2) == 0) {
      parts.add(random.nextInt(3) == 0 ? count() : "for: " + (1 + random.nextInt(6)) * 500 + "ms");
    }
    if (random.nextInt(4) == 0) {
      parts.add("times: " + (1 + random.nextInt(3)));
    }
    if (!first && random.nextInt(3) == 0) {
      parts.add("within: " + (1 + random.nextInt(8)) + "s");
    }
    if (!first && random.nextInt(3) == 0) {
      boolean other = !others.isEmpty() && random.nextInt(4) == 0;
      String lasting = other ? "" : List.of("", ", for: 1s", ", " + count()).get(random.nextInt(3));
      String what = other ? alarm() : condition();
      parts.add("not: {" + what + lasting + "}");
    }
    return String.join(", ", parts);
  }

  private String count() {
    int count = 1 + random.nextInt(4);
    return "for: {count: " + count + ", of: " + (count + random.nextInt(3)) + "}";
  }

  private String condition() {
    return switch (random.nextInt(7)) {
      case 0 -> "off: " + signal();
      case 1 -> "all: [" + signal() + ", " + signal() + "]";
      case 2 -> "any: [" + signal() + ", {off: " + signal() + "}]";
      case 3 -> "state: " + STATES[random.nextInt(STATES.length)];
      default -> "on: " + signal();
    };
  }

  private String alarm() {
    return "alarm: p" + List.copyOf(others).get(random.nextInt(others.size()));
  }

  boolean names(int other) {
    return steps.contains("alarm: p" + other);
  }

  private String signal() {
    return "s" + random.nextInt(signals.size());
  }

  void change() {
    steps = otherDurations(steps);
    rest = otherDurations(rest);
    if (random.nextInt(5) == 0) {
      steps = steps();
    }
    if (random.nextInt(5) == 0) {
      rest = rest();
    }
    if (random.nextInt(4) == 0) {
      override();
    }
    if (random.nextInt(4) == 0) {
      overrides.remove(DEVICES[random.nextInt(2)]);
    }
  }

  private String otherDurations(String text) {
    Matcher durations = DURATIONS.matcher(text);
    StringBuilder changed = new StringBuilder();
    while (durations.find()) {
      boolean other = random.nextInt(2) == 0;
      durations.appendReplacement(changed, other ? other(durations) : durations.group());
    }
    return otherCounts(durations.appendTail(changed).toString());
  }

  private String otherCounts(String text) {
    return COUNTS
        .matcher(text)
        .replaceAll(found -> random.nextInt(2) == 0 ? count() : found.group());
  }

  private String other(Matcher duration) {
    return switch (duration.group(1)) {
      case "for" -> "for: " + (1 + random.nextInt(6)) * 500 + "ms";
      case "within" -> "within: " + (1 + random.nextInt(15)) + "s";
      default -> duration.group().contains("2s") ? "after: 1s" : "after: 6s";
    };
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("    sequence:\n").append(steps).append(rest);
    if (!rest.contains("clear:")) {
      text.append("    title: ").append(ENDS_BY_ITSELF).append('\n');
    }
    if (!overrides.isEmpty()) {
      text.append("    overrides:\n");
    }
    overrides.forEach(
        (device, own) -> {
          List<String> levels = new ArrayList<>();
          own.forEach(
              (signal, level) ->
                  levels.add(
                      "s%d: {%s}"
                          .formatted(signal, level ? signals.get(signal).level() : "max-gap: 4s")));
          text.append("      %s: {signals: {%s}}\n".formatted(device, String.join(", ", levels)));
        });
    return text.toString();
  }
}
