package io.motorwatch.source.mqtt.reader;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Finds out when the broker holds nothing more for a session that is to be ended. The broker does
 * not report how much it holds. Silence after everything is acknowledged shows it, if the broker is
 * seen to be alive. For the scheduler's thread.
 */
final class SessionDrain {

  /** A broker that hands messages on by threads of its own may answer a ping before it sends. */
  private static final Duration SILENCE = Duration.ofSeconds(3);

  private static final Duration CHECK = Duration.ofMillis(250);

  private final SessionConnection connection;
  private final SessionScheduler scheduler;
  private final BooleanSupplier goesOn;
  private final Runnable drained;

  /**
   * @param goesOn whether the connection is still the one that drains; asked on the scheduler
   * @param drained run once, on the scheduler, if it still is
   */
  SessionDrain(
      SessionConnection connection,
      SessionScheduler scheduler,
      BooleanSupplier goesOn,
      Runnable drained) {
    this.connection = connection;
    this.scheduler = scheduler;
    this.goesOn = goesOn;
    this.drained = drained;
  }

  /** Looks now, and again until it is drained or another connection has taken over. */
  void look() {
    if (!goesOn.getAsBoolean()) {
      return;
    }
    if (!connection.idle(SILENCE)) {
      lookLater();
      return;
    }
    // If the connection ends before the answer, the session reports that by itself.
    var unused = connection.nothingLeft().thenAccept(this::answered);
  }

  private void answered(boolean nothingLeft) {
    scheduler.execute(
        () -> {
          if (!nothingLeft) {
            lookLater();
          } else if (goesOn.getAsBoolean()) {
            drained.run();
          }
        });
  }

  private void lookLater() {
    scheduler.later(CHECK.toMillis(), this::look);
  }
}
