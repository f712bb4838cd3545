package io.motorwatch.benchmarks.detection;

import io.motorwatch.patterns.yaml.InvalidFileException;
import io.motorwatch.patterns.yaml.YamlNode;
import io.motorwatch.patterns.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * Recordings of the Numenta Anomaly Benchmark: the windows of {@code label_windows.json} are the
 * labels, and the first 15 % of a file are learned from, as NAB has it.
 */
final class Nab {

  private static final double PROBATION = 0.15;
  private static final LabelledCsv CSV = new LabelledCsv(',', "timestamp", "", List.of());

  private Nab() {}

  static LabelledSet set() {
    return RecordingFiles.set(
        "nab",
        "nab",
        "the first 15 % of each file are learned from and all later rows scored one by one against"
            + " NAB's windows",
        Nab::recordings);
  }

  private record Window(long from, long until) {}

  private static List<LabelledRows> recordings(Path folder) throws IOException {
    Path labels = folder.resolve("label_windows.json");
    if (!Files.isRegularFile(labels)) {
      throw new IOException(labels + ": is not there, and without it nothing is labelled");
    }
    YamlNode.Mapping windows = windows(labels);
    List<LabelledRows> recordings = new ArrayList<>();
    for (Path file : RecordingFiles.csv(folder)) {
      List<Window> own = windowsOf(file, windows);
      long count = rows(file);
      LabelledRows rows = new LabelledRows(CSV.layout(file));
      CSV.read(
          file,
          (row, at, values, none) ->
              rows.add(
                  new LabelledRows.Row(
                      at,
                      values,
                      own.stream().anyMatch(each -> each.from() <= at && at <= each.until()),
                      row >= PROBATION * count)));
      recordings.add(rows);
    }
    return recordings;
  }

  /** JSON is YAML too. */
  private static YamlNode.Mapping windows(Path file) throws IOException {
    try {
      if (YamlReader.read(Files.readString(file)) instanceof YamlNode.Mapping mapping) {
        return mapping;
      }
    } catch (InvalidFileException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
    throw new IOException(file + ": names no files");
  }

  private static long rows(Path file) throws IOException {
    long[] count = {0};
    CSV.read(file, (row, at, values, none) -> count[0]++);
    return count[0];
  }

  private static List<Window> windowsOf(Path file, YamlNode.Mapping windows) {
    List<Window> own = new ArrayList<>();
    String name = file.getFileName().toString();
    windows
        .entries()
        .forEach(
            (key, pairs) -> {
              boolean of = key.text().equals(name) || key.text().endsWith("/" + name);
              if (of && pairs instanceof YamlNode.Sequence all) {
                all.items().forEach(pair -> own.add(window(pair)));
              }
            });
    return own;
  }

  private static Window window(YamlNode pair) {
    if (pair instanceof YamlNode.Sequence both && both.items().size() == 2) {
      return new Window(at(both.items().get(0)), at(both.items().get(1)));
    }
    throw new IllegalArgumentException("a window of label_windows.json is no pair of times");
  }

  private static long at(YamlNode time) {
    String text = time instanceof YamlNode.Scalar scalar ? scalar.text() : "";
    return LocalDateTime.parse(text.replace(' ', 'T')).toInstant(ZoneOffset.UTC).toEpochMilli();
  }
}
