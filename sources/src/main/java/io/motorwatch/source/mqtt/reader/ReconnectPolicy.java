package io.motorwatch.source.mqtt.reader;

import java.io.Serializable;
import java.time.Duration;

/**
 * How a lost connection is taken up again.
 *
 * @param backoffMin longest pause after the first failed attempt; each pause is shortened by up to
 *     half at random
 * @param backoffMax longest pause
 * @param giveUpAfter how long without a connection until the task fails
 */
public record ReconnectPolicy(Duration backoffMin, Duration backoffMax, Duration giveUpAfter)
    implements Serializable {

  /** From 0.5 to 1 s at first to 15 to 30 s, for 5 minutes. */
  public static final ReconnectPolicy DEFAULT =
      new ReconnectPolicy(Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofMinutes(5));
}
