package io.motorwatch.tools.patterntest;

import io.motorwatch.model.Alarm;
import io.motorwatch.model.AlarmState;
import io.motorwatch.model.Attributes;
import io.motorwatch.model.DeviceId;
import io.motorwatch.model.Durations;
import io.motorwatch.model.TimelineReading;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Writes a test of a pattern from what a device has sent. */
public final class TestFromHistory {

  private final String patternFile;
  private final String pattern;
  private final String name;

  /** Whether an alarm is right, and must come again, or must not. */
  public enum Verdict {
    RIGHT,
    FALSE_ALARM
  }

  /**
   * @param patternFile the text of the pattern file
   * @param name of the test
   */
  public TestFromHistory(String patternFile, String pattern, String name) {
    this.patternFile = patternFile;
    this.pattern = pattern;
    this.name = name;
  }

  /**
   * A test as an entry of a test file's {@code tests}.
   *
   * @param readings of one device, in order of time
   * @param onsetAt of the alarm that is meant, device time
   * @param raisedAt of it
   * @return nothing if these readings alone, on the grid of a test, do not raise that alarm
   */
  public Optional<String> write(
      List<TimelineReading> readings, long onsetAt, long raisedAt, Verdict verdict)
      throws Exception {
    if (readings.size() < 2) {
      return Optional.empty();
    }
    DeviceId device = readings.get(0).device();
    Attributes attributes = readings.get(readings.size() - 1).attributes();
    RecordedTest test =
        RecordedTest.of(
            patternFile,
            pattern,
            device,
            attributes,
            readings.stream().map(TestFromHistory::row).toList());
    if (!raises(test, raisedAt - onsetAt)) {
      return Optional.empty();
    }
    test.compact();
    return Optional.of(yaml(test, verdict));
  }

  private static RecordedTest.Row row(TimelineReading reading) {
    Map<String, Double> values = new TreeMap<>();
    for (int i = 0; i < reading.reading().size(); i++) {
      values.put(reading.reading().layout().name(i), reading.reading().value(i));
    }
    return new RecordedTest.Row(reading.timestamp(), values);
  }

  /** Whether an alarm takes as long to come; the grid may move it by a place. */
  private static boolean raises(RecordedTest test, long tookMs) throws Exception {
    for (Alarm alarm : test.alarms()) {
      long took = alarm.episode().raisedAt() - alarm.episode().onsetAt();
      if (Math.abs(took - tookMs) <= test.everyMs()) {
        return true;
      }
    }
    return false;
  }

  private String yaml(RecordedTest test, Verdict verdict) throws Exception {
    StringBuilder text = new StringBuilder();
    text.append("  - name: ").append(quoted(name)).append('\n');
    text.append("    device: ").append(quoted(test.device().path())).append('\n');
    String attributes = attributes(test.attributes());
    if (!attributes.isEmpty()) {
      text.append("    attributes: {").append(attributes).append("}\n");
    }
    text.append("    every: ").append(Durations.format(test.everyMs())).append('\n');
    text.append("    series:\n");
    test.written()
        .forEach(
            (field, series) ->
                text.append("      ")
                    .append(quoted(field))
                    .append(": ")
                    .append(series)
                    .append('\n'));
    text.append("    of: [").append(quoted(pattern)).append("]\n");
    if (verdict == Verdict.FALSE_ALARM) {
      return text.append("    alarms: []\n").toString();
    }
    text.append("    alarms:\n");
    expected(test.alarms()).forEach(line -> text.append("      - {").append(line).append("}\n"));
    return text.toString();
  }

  private static String attributes(Attributes attributes) {
    Map<String, String> all = new TreeMap<>();
    attributes.texts().forEach((attribute, value) -> all.put(attribute, quoted(value)));
    attributes
        .numbers()
        .forEach(
            (attribute, value) ->
                all.put(attribute, BigDecimal.valueOf(value).stripTrailingZeros().toPlainString()));
    return all.entrySet().stream()
        .map(entry -> quoted(entry.getKey()) + ": " + entry.getValue())
        .collect(Collectors.joining(", "));
  }

  private static List<String> expected(List<Alarm> alarms) {
    Map<Long, Map<String, List<String>>> byOnset = new LinkedHashMap<>();
    for (Alarm alarm : alarms) {
      byOnset
          .computeIfAbsent(alarm.episode().onsetAt(), o -> new LinkedHashMap<>())
          .computeIfAbsent(key(alarm.state()), k -> new ArrayList<>())
          .add(Durations.format(alarm.at() - PatternTestRunner.BEGIN));
    }
    List<String> lines = new ArrayList<>();
    byOnset.forEach(
        (onset, transitions) -> {
          StringBuilder line = new StringBuilder("pattern: ");
          line.append(quoted(alarms.get(0).episode().pattern())).append(", onset: ");
          line.append(Durations.format(onset - PatternTestRunner.BEGIN));
          transitions.forEach(
              (key, times) ->
                  line.append(", ")
                      .append(key)
                      .append(": ")
                      .append(times.size() == 1 ? times.get(0) : times));
          lines.add(line.toString());
        });
    return lines;
  }

  private static String key(AlarmState state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  /** Without quotes where none are needed. */
  private static String quoted(String text) {
    return text.matches("[A-Za-z][A-Za-z0-9_/.-]*")
        ? text
        : '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
