package io.motorwatch.jobs.config;

import io.motorwatch.source.mqtt.AckMode;
import io.motorwatch.source.mqtt.journal.JournalOptions;
import org.jspecify.annotations.Nullable;

/**
 * How a job acknowledges what the broker sends.
 *
 * @param journal where the sessions' journals are; with another mode one left from before is read
 *     there. Null: there is no place for any
 * @param reason what determined it
 */
public record Acknowledgement(AckMode mode, @Nullable JournalOptions journal, String reason) {

  /** For a person, without a full stop. */
  @Override
  public String toString() {
    String text =
        switch (mode) {
          case CHECKPOINT -> "once a checkpoint holds them";
          case JOURNAL ->
              "once they are in the journal in " + (journal == null ? "" : journal.directory());
          case ON_RECEIVE -> "as soon as they are received";
        };
    return "messages are acknowledged " + text + " (" + reason + ")";
  }
}
