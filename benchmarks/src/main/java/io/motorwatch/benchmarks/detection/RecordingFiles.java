package io.motorwatch.benchmarks.detection;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Sets whose recordings are CSV files, each learned from on its own first rows. */
final class RecordingFiles {

  private RecordingFiles() {}

  /** The CSV files of a folder and those below it, in the order of their paths. */
  static List<Path> csv(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> file.getFileName().toString().endsWith(".csv"))
          .sorted()
          .toList();
    }
  }

  /** SKAB: the first 400 rows of each file, as its authors train. */
  static final int SKAB_PREFIX = 400;

  private static final LabelledCsv SKAB_CSV =
      new LabelledCsv(';', "datetime", "anomaly", List.of("changepoint"));

  /** Its labelled files. */
  static LabelledSet skab() {
    return set(
        "skab",
        "skab",
        "SKAB's protocol: the first 400 rows of each file are learned from and all later ones scored"
            + " row by row",
        folder -> read(folder, SKAB_CSV, SKAB_PREFIX, true));
  }

  /** Its recording without anomalies, for false alarms. */
  static LabelledSet skabNormal() {
    return set(
        "skab-normal",
        "skab",
        "the files of skab without labels: nothing is wrong in them",
        folder -> read(folder, SKAB_CSV, SKAB_PREFIX, false));
  }

  static LabelledSet ur3() {
    LabelledCsv csv =
        new LabelledCsv(
            ';', "Timestamp", "Robot_ProtectiveStop", List.of("Num", "cycle", "grip_lost"));
    return set(
        "ur3",
        "ur3",
        "the first 600 rows of each file are learned from and all later ones scored row by row",
        folder -> read(folder, csv, 600, true));
  }

  /** What reads the recordings of a folder. */
  interface Reading {
    List<LabelledRows> of(Path folder) throws IOException;
  }

  private record OfReading(String name, String folder, String method, Reading reading)
      implements LabelledSet {

    @Override
    public List<LabelledRows> recordings(Path path) throws IOException {
      return reading.of(path);
    }
  }

  static LabelledSet set(String name, String folder, String method, Reading reading) {
    return new OfReading(name, folder, method, reading);
  }

  private static List<LabelledRows> read(Path folder, LabelledCsv csv, int prefix, boolean labelled)
      throws IOException {
    List<LabelledRows> recordings = new ArrayList<>();
    for (Path file : csv(folder)) {
      if (csv.isLabelled(file) == labelled) {
        LabelledRows rows = new LabelledRows(csv.layout(file));
        csv.read(
            file,
            (row, at, values, anomalous) ->
                rows.add(new LabelledRows.Row(at, values, anomalous, row >= prefix)));
        recordings.add(rows);
      }
    }
    return recordings;
  }
}
