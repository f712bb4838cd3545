package io.motorwatch.source.mqtt.journal;

import java.io.IOException;

/** A later attempt, or another job, has taken the journal over. */
public final class JournalTakenException extends IOException {

  private static final long serialVersionUID = 1L;

  JournalTakenException(String sessionId) {
    super(
        "another job or attempt writes the journal of session "
            + sessionId
            + ": give every deployment a client-id prefix and a journal folder of its own");
  }
}
