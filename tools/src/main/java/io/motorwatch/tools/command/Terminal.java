package io.motorwatch.tools.command;

import io.motorwatch.tools.history.HistoryProgress;
import io.motorwatch.tools.history.ProgressBar;

/** The terminal a command runs in, as far as the launcher says that there is one. */
final class Terminal {

  private Terminal() {}

  /** A progress line on standard error, if that is a terminal. */
  static AutoCloseable progress(HistoryProgress progress) {
    return ProgressBar.on(System.err, Boolean.getBoolean("motorwatch.terminal.err"), progress);
  }
}
