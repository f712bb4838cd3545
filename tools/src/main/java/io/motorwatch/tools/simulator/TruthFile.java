package io.motorwatch.tools.simulator;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The truth as JSON lines. */
public final class TruthFile {

  private TruthFile() {}

  /**
   * Writes what a stream that ended early still proves: the alarms raised by then, and of those not
   * cleared by then {@code "clearedAt":null}.
   *
   * @param until device time of the last reading, epoch milliseconds; MAX_VALUE for all
   */
  public static void write(Path file, List<TruthEpisode> truth, long until) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      for (TruthEpisode episode : truth) {
        if (episode.raisedAt() <= until) {
          String line = episode.json();
          if (episode.clearedAt() > until) {
            line = line.replace("\"clearedAt\":" + episode.clearedAt(), "\"clearedAt\":null");
          }
          out.write(line);
          out.newLine();
        }
      }
    }
  }
}
