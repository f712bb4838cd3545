package io.motorwatch.source.mqtt.journal;

import java.io.IOException;
import org.apache.flink.core.fs.Path;

/**
 * The journal is not this attempt's any more: a later attempt, or another job, has taken it over,
 * or somebody has removed it.
 */
public final class JournalTakenException extends IOException {

  private static final long serialVersionUID = 1L;

  private JournalTakenException(String message) {
    super(message);
  }

  static JournalTakenException byAnother(String sessionId) {
    return new JournalTakenException(
        "another job or attempt writes the journal of session "
            + sessionId
            + ": give every deployment a client-id prefix and a journal folder of its own");
  }

  static JournalTakenException removed(String sessionId, Path folder) {
    return new JournalTakenException(
        "the journal folder "
            + folder
            + " of session "
            + sessionId
            + ", or its claim, was removed while the job runs. Messages acknowledged since the last"
            + " checkpoint are lost if the job fails before the next one. Put the folder back if"
            + " there is a copy, let nothing clean up in mqtt.journal.dir (no temporary folder), and"
            + " see that it is mounted; the job then restarts from its last checkpoint");
  }
}
