package io.motorwatch.sink.mqtt;

import io.motorwatch.model.connection.Backoff;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Topics of which the broker refused a message for now. What follows on such a topic must not
 * overtake it: a cleared alarm would end as retained and open. Other topics are not concerned. For
 * one thread.
 */
final class PausedTopics {

  private static final Duration FIRST_RETRY = Duration.ofMillis(100);
  private static final Duration LONGEST_RETRY = Duration.ofSeconds(5);

  private final Map<String, Pause> pauses = new HashMap<>();
  private final RandomGenerator random;
  private int pausing;

  /** Once over, it still determines the next one's length, until a message has got through. */
  private static final class Pause {
    final Backoff backoff;
    boolean over = true;
    long until;
    long lastSending;

    Pause(RandomGenerator random) {
      backoff = new Backoff(FIRST_RETRY, LONGEST_RETRY, random);
    }
  }

  PausedTopics(RandomGenerator random) {
    this.random = random;
  }

  /**
   * The broker refused a message for now.
   *
   * @param lastSending the newest sending of all: those on this topic up to it have to be repeated
   * @param now milliseconds of any clock
   * @return how long the topic pauses, milliseconds
   */
  long refused(String topic, long lastSending, long now) {
    Pause pause = pauses.computeIfAbsent(topic, name -> new Pause(random));
    long delay = pause.backoff.failed(null);
    if (pause.over) {
      pause.over = false;
      pausing++;
    }
    pause.until = now + delay;
    pause.lastSending = lastSending;
    return delay;
  }

  /** A message was confirmed, or refused for good: the topic is like any other again. */
  void answered(String topic) {
    Pause pause = pauses.remove(topic);
    if (pause != null && !pause.over) {
      pausing--;
    }
  }

  boolean paused(String topic) {
    Pause pause = pauses.get(topic);
    return pause != null && !pause.over;
  }

  /** Whether a sending on a topic has to be repeated, whatever becomes of it. */
  boolean isVoid(String topic, long sending) {
    Pause pause = pauses.get(topic);
    return pause != null && sending <= pause.lastSending;
  }

  boolean any() {
    return pausing > 0;
  }

  /** Ends the pauses that have lasted long enough; whether there were any. */
  boolean resume(long now) {
    boolean resumed = false;
    for (Pause pause : pauses.values()) {
      if (!pause.over && pause.until <= now) {
        pause.over = true;
        pausing--;
        resumed = true;
      }
    }
    return resumed;
  }
}
