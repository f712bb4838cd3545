package io.motorwatch.sink;

import java.time.Duration;
import java.util.function.Supplier;
import org.apache.flink.api.common.operators.MailboxExecutor;

/**
 * Holds up a sink's task thread while it lacks capacity. The thread serves its mailbox meanwhile,
 * so answers and timers get through; but neither checkpoints nor barriers do while an element is
 * being written, and that is why the wait of {@link BackPressureLevel#SCARCE} is short. Task thread
 * only.
 */
public final class BackPressure {

  private static final Duration STEP = Duration.ofMillis(20);

  private final MailboxExecutor mailbox;
  private final TaskTimers timers;
  private boolean armed;

  public BackPressure(MailboxExecutor mailbox, TaskTimers timers) {
    this.mailbox = mailbox;
    this.timers = timers;
  }

  /**
   * Returns at once with capacity, within 20 ms where it is scarce, else when there is some again.
   */
  public void await(Supplier<BackPressureLevel> capacity) throws InterruptedException {
    BackPressureLevel now = capacity.get();
    if (now == BackPressureLevel.FREE) {
      return;
    }
    long start = System.nanoTime();
    while (now == BackPressureLevel.NONE
        || (now == BackPressureLevel.SCARCE && System.nanoTime() - start < STEP.toNanos())) {
      arm();
      mailbox.yield();
      now = capacity.get();
    }
  }

  /** Nothing may come in while the outside is away: the mailbox needs a mail to wake up at all. */
  private void arm() {
    if (!armed) {
      armed = true;
      timers.after(STEP.toMillis(), at -> armed = false);
    }
  }
}
