package io.motorwatch.source.mqtt.journal;

import io.motorwatch.model.connection.Backoff;
import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** When to try again to write a journal, and what the person reads of it. For one thread. */
final class WriteRetry {

  private static final Logger LOG = LoggerFactory.getLogger(WriteRetry.class);

  private final String sessionId;
  private final Backoff backoff =
      new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10), new Random());
  private boolean failing;
  private long at = Long.MAX_VALUE;

  WriteRetry(String sessionId) {
    this.sessionId = sessionId;
  }

  /** Whether to write now. */
  boolean due(long nanos) {
    return !failing || nanos - at >= 0;
  }

  /** Whether the last write failed. */
  boolean failing() {
    return failing;
  }

  /** {@link Long#MAX_VALUE} while nothing fails. */
  long at() {
    return failing ? at : Long.MAX_VALUE;
  }

  void failed(long nanos, IOException cause) {
    at = nanos + TimeUnit.MILLISECONDS.toNanos(backoff.failed(null));
    if (!failing) {
      failing = true;
      LOG.warn(
          "Cannot write the journal of session {}: {}. Until that works again, its messages are"
              + " acknowledged once a checkpoint holds them; nothing is lost. Check the disk.",
          sessionId,
          cause.toString());
    }
  }

  void succeeded() {
    if (failing) {
      failing = false;
      backoff.succeeded();
      LOG.info("The journal of session {} is written again", sessionId);
    }
  }
}
