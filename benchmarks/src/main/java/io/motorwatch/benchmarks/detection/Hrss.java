package io.motorwatch.benchmarks.detection;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * HRSS, a high rack storage system: a device first sends the normal recording of a kind, then the
 * anomalous one, which alone is scored.
 */
final class Hrss {

  private static final String ANOMALOUS = "anomalous";
  private static final LabelledCsv CSV = new LabelledCsv(',', "Timestamp", "Labels", List.of());

  /** Where there is no normal recording: ten cycles or so. */
  private static final int PREFIX = 3_000;

  private Hrss() {}

  static LabelledSet set() {
    return RecordingFiles.set(
        "hrss",
        "hrss",
        "the normal recording of the same name is learned from (else the first 3000 rows) and the"
            + " anomalous one scored row by row",
        Hrss::recordings);
  }

  private static List<LabelledRows> recordings(Path folder) throws IOException {
    List<LabelledRows> recordings = new ArrayList<>();
    for (Path file : RecordingFiles.csv(folder)) {
      String name = file.getFileName().toString();
      if (!name.contains(ANOMALOUS)) {
        continue;
      }
      LabelledRows rows = new LabelledRows(CSV.layout(file));
      Path normal = file.resolveSibling(name.replace(ANOMALOUS, "normal"));
      long begin = 0;
      boolean learned = Files.isRegularFile(normal) && CSV.layout(normal).equals(rows.layout());
      if (learned) {
        CSV.read(
            normal,
            (row, at, values, label) -> rows.add(new LabelledRows.Row(at, values, label, false)));
        begin = rows.last().at() + 1_000;
      }
      long offset = begin;
      CSV.read(
          file,
          (row, at, values, label) ->
              rows.add(new LabelledRows.Row(offset + at, values, label, learned || row >= PREFIX)));
      recordings.add(rows);
    }
    return recordings;
  }
}
