package io.motorwatch.tools.history;

import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A line on a terminal that says how far a run is; nothing where nobody watches. */
public final class ProgressBar implements AutoCloseable {

  private static final int WIDTH = 30;
  private static final long EVERY_MS = 200;
  private static final String CLEAR_LINE = "\r\u001b[K";

  private final PrintStream out;
  private final HistoryProgress progress;
  private final long begun = System.nanoTime();
  private final ScheduledExecutorService clock;

  private ProgressBar(PrintStream out, HistoryProgress progress) {
    this.out = out;
    this.progress = progress;
    this.clock =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "progress");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Begins to draw.
   *
   * @param terminal whether a line can be written over there
   */
  public static AutoCloseable on(PrintStream out, boolean terminal, HistoryProgress progress) {
    if (!terminal) {
      return () -> {};
    }
    ProgressBar bar = new ProgressBar(out, progress);
    var unused =
        bar.clock.scheduleAtFixedRate(bar::draw, EVERY_MS, EVERY_MS, TimeUnit.MILLISECONDS);
    return bar;
  }

  private void draw() {
    double seconds = (System.nanoTime() - begun) / 1e9;
    out.print(CLEAR_LINE + line(progress.done(), progress.readings(), seconds));
    out.flush();
  }

  static String line(double done, long readings, double seconds) {
    int full = (int) Math.round(done * WIDTH);
    return String.format(
        Locale.ROOT,
        "[%s%s] %3.0f %%  %,d readings, %,.0f/s",
        "#".repeat(full),
        ".".repeat(WIDTH - full),
        100 * done,
        readings,
        readings / Math.max(seconds, 0.001));
  }

  @Override
  public void close() throws InterruptedException {
    clock.shutdownNow();
    clock.awaitTermination(1, TimeUnit.SECONDS);
    out.print(CLEAR_LINE);
    out.flush();
  }
}
