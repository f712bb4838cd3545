package io.motorwatch.source.mqtt.reader;

import io.motorwatch.source.mqtt.journal.JournalOptions;
import io.motorwatch.source.mqtt.journal.JournalStore;
import io.motorwatch.source.mqtt.journal.SessionJournal;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a reader reaches the journals of its sessions.
 *
 * @param stallLimit after so long a write counts as one that does not return
 * @param closeLimit how long a close waits for the disk
 */
record JournalAccess(
    JournalOptions options, Stores stores, Duration stallLimit, Duration closeLimit) {

  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

  /** Gives a session's store. */
  interface Stores {
    JournalStore of(String sessionId) throws IOException;
  }

  static @Nullable JournalAccess of(@Nullable JournalOptions options) {
    return options == null
        ? null
        : new JournalAccess(
            options,
            sessionId -> JournalStore.of(options, sessionId),
            SessionJournal.STALL_LIMIT,
            CLOSE_LIMIT);
  }

  JournalStore store(String sessionId) throws IOException {
    return stores.of(sessionId);
  }
}
