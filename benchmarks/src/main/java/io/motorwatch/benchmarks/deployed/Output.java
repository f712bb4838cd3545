package io.motorwatch.benchmarks.deployed;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What a process prints, read by a thread of its own that notes when each line came. All of it goes
 * to a file as well. Safe for any thread.
 */
final class Output {

  private record Line(String text, long nanoTime) {}

  private final List<Line> lines = new ArrayList<>();
  private boolean ended;

  private Output() {}

  /** Begins to read, until the process ends. */
  static Output of(InputStream printed, Path log) {
    Output output = new Output();
    Thread thread = new Thread(() -> output.read(printed, log), "output-of-job");
    thread.setDaemon(true);
    thread.start();
    return output;
  }

  private void read(InputStream printed, Path log) {
    try (BufferedReader from =
            new BufferedReader(new InputStreamReader(printed, StandardCharsets.UTF_8));
        BufferedWriter to = Files.newBufferedWriter(log)) {
      for (String text = from.readLine(); text != null; text = from.readLine()) {
        came(new Line(text, System.nanoTime()));
        to.write(text);
        to.newLine();
        to.flush();
      }
    } catch (IOException e) {
      // So it is with a process that was killed: its output is closed while it is read.
      came(new Line(e.toString(), System.nanoTime()));
    } finally {
      end();
    }
  }

  private synchronized void came(Line line) {
    lines.add(line);
    notifyAll();
  }

  private synchronized void end() {
    ended = true;
    notifyAll();
  }

  /**
   * Waits for a line that begins so.
   *
   * @return System.nanoTime() of when the first of them came
   * @throws IOException if the output ends without one, or none comes in time; with all there was
   */
  synchronized long awaitLine(String beginning, Duration limit)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    for (int next = 0; true; next++) {
      while (next == lines.size()) {
        long left = end - System.nanoTime();
        if (ended || left <= 0) {
          throw new IOException("the job does not print " + beginning + ": " + text());
        }
        TimeUnit.NANOSECONDS.timedWait(this, left);
      }
      if (lines.get(next).text.startsWith(beginning)) {
        return lines.get(next).nanoTime;
      }
    }
  }

  private String text() {
    return String.join("\n", lines.stream().map(Line::text).toList());
  }
}
