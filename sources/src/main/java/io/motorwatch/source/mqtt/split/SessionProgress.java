package io.motorwatch.source.mqtt.split;

import io.motorwatch.source.mqtt.journal.JournalRecord;

/**
 * How far the job has got with a session.
 *
 * @param emitted what it has of it already and may come again; not to be changed
 * @param position of the last message it has, in the session's journal; {@link JournalRecord#NONE}
 *     if there is none
 */
public record SessionProgress(EmittedMessages emitted, long position) {

  /** Nothing yet. */
  public static SessionProgress none() {
    return new SessionProgress(new EmittedMessages(), JournalRecord.NONE);
  }
}
