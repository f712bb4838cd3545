package io.motorwatch.tools.backtest;

import io.motorwatch.jobs.config.ConfigException;
import io.motorwatch.model.DeviceId;
import io.motorwatch.patterns.yaml.InvalidFileException;
import io.motorwatch.patterns.yaml.MappingReader;
import io.motorwatch.patterns.yaml.Problem;
import io.motorwatch.patterns.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A time in which something is known to have been wrong with a device.
 *
 * @param device {@code site/device}
 * @param pattern the pattern that must have raised an alarm
 * @param from device time, epoch milliseconds
 * @param until the same; {@link FoundAlarm#OPEN} for no end
 */
record Label(String device, String pattern, long from, long until) {

  /**
   * Reads labels: JSON lines as {@code simulate --truth} writes them, times in epoch milliseconds
   * or ISO-8601.
   *
   * @throws ConfigException with the line, if one is no label
   */
  static List<Label> read(Path file) throws ConfigException {
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (IOException e) {
      throw new ConfigException("--labels: cannot read " + file + " as UTF-8 text");
    }
    List<Label> labels = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).isBlank()) {
        labels.add(label(lines.get(i), file + ":" + (i + 1)));
      }
    }
    return labels;
  }

  /** JSON is YAML too, and its reader knows columns. */
  private static Label label(String line, String place) throws ConfigException {
    List<Problem> problems = new ArrayList<>();
    try {
      MappingReader fields = MappingReader.of(YamlReader.read(line), "a label", problems);
      String site = fields.text("site").orElse(DeviceId.DEFAULT_SITE);
      String device = fields.text("device").orElse("");
      String pattern = fields.text("pattern").orElse("");
      // When an alarm is due is what truth files say too; that it comes within the time is enough.
      fields.node("raisedAt");
      long from = time(fields, "onsetAt");
      long until = fields.has("clearedAt") ? time(fields, "clearedAt") : FoundAlarm.OPEN;
      fields.node("clearedAt");
      fields.finish();
      if (device.isEmpty() || pattern.isEmpty() || !fields.has("onsetAt")) {
        fields.problem(fields.position(), "a label needs device, pattern and onsetAt");
      }
      if (problems.isEmpty()) {
        return new Label(site + "/" + device, pattern, from, until);
      }
    } catch (InvalidFileException e) {
      problems.addAll(e.problems());
    }
    Problem first = problems.get(0);
    throw new ConfigException(place + ":" + first.position().column() + ": " + first.message());
  }

  private static long time(MappingReader fields, String key) {
    String text = fields.text(key).orElse("");
    try {
      return text.matches("-?\\d{1,15}")
          ? Long.parseLong(text)
          : text.isEmpty() ? 0 : Instant.parse(text).toEpochMilli();
    } catch (DateTimeException | ArithmeticException e) {
      fields.problem(
          fields.positionOf(key),
          key + " must be epoch milliseconds or a time like 2026-01-31T06:00:00Z");
      return 0;
    }
  }

  /** Of what and where it is. */
  String kind() {
    return device + " " + pattern;
  }

  boolean overlaps(FoundAlarm alarm) {
    return alarm.overlaps(from, until);
  }

  String line() {
    return device
        + " "
        + pattern
        + " "
        + Instant.ofEpochMilli(from)
        + (until == FoundAlarm.OPEN ? "" : " to " + Instant.ofEpochMilli(until));
  }
}
