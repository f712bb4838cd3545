package io.motorwatch.tools.command;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * SIGINT and SIGTERM as a wish to end in order: asks the command to stop, waits for it to say
 * goodbye, and ends the process with the command's own exit status instead of the signal's.
 */
final class StopSignal implements AutoCloseable {

  private static final long LIMIT_SECONDS = 15;

  private final Runnable stop;
  private final CountDownLatch done = new CountDownLatch(1);
  private final Thread hook = new Thread(this::signalled, "stop-in-order");
  private volatile int status = 1;

  /**
   * @param stop called on another thread at the signal; must not block
   */
  StopSignal(Runnable stop) {
    this.stop = stop;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void signalled() {
    stop.run();
    try {
      if (!done.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      return;
    }
    Runtime.getRuntime().halt(status);
  }

  /** The exit status after an end in order; all output must be flushed. */
  void ended(int exitStatus) {
    status = exitStatus;
  }

  @Override
  public void close() {
    done.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The signal is just being obeyed.
      return;
    }
  }
}
