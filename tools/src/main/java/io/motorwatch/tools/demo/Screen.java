package io.motorwatch.tools.demo;

import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * What the demo shows: lines that stay, and on a terminal one progress line below them that is
 * written over. Lines longer than the terminal is wide are broken between words. Safe for any
 * thread.
 */
final class Screen {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);
  private static final String CLEAR_LINE = "\r\u001b[K";
  private static final int NARROWEST = 20;
  private static final int INDENT = 4;

  private final PrintWriter out;
  private final boolean terminal;
  private final int columns;
  private String progress = "";
  private boolean ended;

  /**
   * @param terminal whether a line can be written over
   * @param columns how wide it is; 0 for any width
   */
  Screen(PrintWriter out, boolean terminal, int columns) {
    this.out = out;
    this.terminal = terminal;
    this.columns = columns == 0 ? Integer.MAX_VALUE : Math.max(columns, NARROWEST);
  }

  synchronized void line(String text) {
    if (terminal) {
      out.print(CLEAR_LINE);
    }
    out.println(wrapped(text));
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
    if (ended) {
      return;
    }
    if (terminal) {
      // The last column stays free: some terminals go on to the next line behind it.
      progress = text.length() < columns ? text : text.substring(0, columns - 1);
      out.print(CLEAR_LINE + progress);
    } else {
      out.println(wrapped(text));
    }
    out.flush();
  }

  /** No progress is shown from now on. */
  synchronized void endProgress() {
    ended = true;
    progress = "";
    if (terminal) {
      out.print(CLEAR_LINE);
      out.flush();
    }
  }

  /** Broken before the word that does not fit; what follows is indented below. */
  private String wrapped(String text) {
    StringBuilder all = new StringBuilder();
    String rest = text;
    while (rest.length() > columns) {
      int indent = rest.length() - rest.stripLeading().length();
      int end = rest.lastIndexOf(' ', columns);
      if (end <= indent) {
        break; // One long word, an address: better whole than in pieces.
      }
      all.append(rest.substring(0, end).stripTrailing()).append(System.lineSeparator());
      rest = " ".repeat(Math.max(indent, INDENT)) + rest.substring(end).strip();
    }
    return all.append(rest).toString();
  }
}
