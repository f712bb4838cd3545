package io.motorwatch.source.mqtt.reader;

import java.io.IOException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that looks after a reader's sessions. An executor keeps what an action throws to
 * itself, and the session would stand still indefinitely: here it fails the task. Safe for any
 * thread.
 */
final class SessionScheduler implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SessionScheduler.class);

  private final MessageHandover handover;

  // Starts its thread with the first action, so a reader without sessions has nothing to close.
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          action -> {
            Thread daemon = new Thread(action, "mqtt-sessions");
            daemon.setDaemon(true);
            return daemon;
          });

  SessionScheduler(MessageHandover handover) {
    this.handover = handover;
  }

  /** Runs it behind all that was given before; after the close not at all. */
  void execute(Runnable action) {
    later(0, action);
  }

  /** Runs it after a pause; after the close not at all. */
  void later(long millis, Runnable action) {
    try {
      var unused = thread.schedule(() -> run(action), millis, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      // The reader is closed, so a late answer from the network concerns nobody.
      LOG.trace("after close", e);
    }
  }

  private void run(Runnable action) {
    try {
      action.run();
    } catch (Throwable e) {
      LOG.error("An MQTT session cannot go on", e);
      handover.fail(new IOException("an MQTT session cannot go on: " + e, e));
    }
  }

  /** Lets what has not begun be. */
  @Override
  public void close() {
    thread.shutdownNow();
  }
}
