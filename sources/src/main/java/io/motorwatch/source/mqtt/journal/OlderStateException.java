package io.motorwatch.source.mqtt.journal;

import java.io.IOException;
import java.time.Instant;
import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;
import org.jspecify.annotations.Nullable;

/**
 * A state older than what a session's journal keeps: a person has to decide. Flink does not restart
 * the job, which would find the same.
 */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
public final class OlderStateException extends IOException {

  private static final long serialVersionUID = 1L;

  /**
   * @param position the state's
   * @param kept the first that the journal still has
   * @param keptSince when that one arrived, if it can be read
   */
  OlderStateException(String sessionId, long position, long kept, @Nullable Instant keptSince) {
    super(
        "the journal of session "
            + sessionId
            + " does not go back to the state that is to be resumed: that is of position "
            + position
            + ", and the journal is kept from position "
            + kept
            + " on, so "
            + (kept - 1 - position)
            + " acknowledged messages are missing. Resume the newest checkpoint"
            + (keptSince == null ? "" : ", or a savepoint taken after " + keptSince)
            + "; or accept the loss with mqtt.journal.older-state: accept");
  }
}
