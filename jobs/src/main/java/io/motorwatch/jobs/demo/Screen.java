package io.motorwatch.jobs.demo;

import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * What the demo shows: lines that stay, and on a terminal one progress line below them that is
 * written over. Safe for any thread.
 */
final class Screen {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);
  private static final String CLEAR_LINE = "\r\u001b[K";

  private final PrintWriter out;
  private final boolean terminal;
  private String progress = "";

  /**
   * @param terminal whether a line can be written over
   */
  Screen(PrintWriter out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  synchronized void line(String text) {
    if (terminal) {
      out.print(CLEAR_LINE);
    }
    out.println(text);
    if (terminal) {
      out.print(progress);
    }
    out.flush();
  }

  synchronized void alert(AlertWatch.Alert alert) {
    line(
        "  %s  %-9s %-10s %-18s %s"
            .formatted(
                TIME.format(Instant.ofEpochMilli(alert.at())),
                alert.state(),
                alert.device(),
                alert.pattern(),
                alert.message()));
  }

  synchronized void progress(String text) {
    if (terminal) {
      progress = text;
      out.print(CLEAR_LINE + text);
    } else {
      out.println(text);
    }
    out.flush();
  }

  synchronized void endProgress() {
    progress = "";
    if (terminal) {
      out.print(CLEAR_LINE);
      out.flush();
    }
  }
}
