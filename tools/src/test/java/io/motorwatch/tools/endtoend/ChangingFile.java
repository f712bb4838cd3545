package io.motorwatch.tools.endtoend;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A pattern file in twenty-one versions. Some patterns and their signals are the same in all of
 * them but for their place; the others change in level, duration, steps and number. One version is
 * no file the job may take.
 */
final class ChangingFile {

  static final int VERSIONS = 21;
  static final int BAD = 12;

  private static final List<String> SAME_SIGNALS =
      List.of(
          "  high: {value: current / ratedCurrent, above: 1.2, reset: 1.15}\n",
          "  top: {value: current, above: 20}\n",
          "  strange: {value: \"zscore(current, 40s)\", above: 1.2}\n");

  private static final List<String> SAME_PATTERNS =
      List.of(
          "  same-overload: {sequence: [{on: high, for: 30s}], escalate: [{after: 2s, severity: MAJOR}]}\n",
          "  same-storm: {sequence: [{alarm: same-overload, times: 3}], within: 1h}\n",
          "  same-pair: {sequence: [{on: top, for: 2s}, {off: high, not: {on: strange}, within: 2m}]}\n",
          "  same-twice: {sequence: [{on: high, times: 2}], within: 70s, clear: {off: high, for: 5s}}\n",
          "  same-strange: {sequence: [{on: strange, for: 1s}]}\n");

  private ChangingFile() {}

  /**
   * A version's text.
   *
   * @param version from 1
   */
  static String version(int version) {
    List<String> signals = new ArrayList<>(SAME_SIGNALS);
    List<String> patterns = new ArrayList<>(SAME_PATTERNS);
    signals.add("  level: {value: current, above: %d, max-gap: 1h}\n".formatted(5 + version % 7));
    patterns.add("  lasting: {sequence: [{on: level, for: %ds}]}\n".formatted(1 + version % 9));
    if (version % 3 != 0) {
      patterns.add(
          "  steps: {sequence: [{on: level, times: %d}, {%s: top}]}\n"
              .formatted(1 + version % 4, version % 2 == 0 ? "on" : "off"));
    }
    if (version % 5 == 0) {
      signals.add("  new: {value: \"mean(current, %ds)\", below: 9}\n".formatted(version));
      patterns.add("  added-%d: {sequence: [{on: new}, {alarm: lasting}]}\n".formatted(version));
    }
    Collections.rotate(signals, version);
    Collections.rotate(patterns, version);
    String text =
        "apiVersion: motorwatch/v1\nversion: "
            + version
            + "\ndefaults: {ratedCurrent: 10.0}\nsignals:\n"
            + String.join("", signals)
            + "patterns:\n"
            + String.join("", patterns);
    return version == BAD ? text.replace("on: high, for: 30s", "on: hihg, for: 30s") : text;
  }

  static boolean isSame(String pattern) {
    return pattern.startsWith("same-");
  }
}
