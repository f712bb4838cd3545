package io.motorwatch.source.mqtt.reader;

import io.motorwatch.source.mqtt.AckMode;
import io.motorwatch.source.mqtt.journal.JournalOptions;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When messages are acknowledged.
 *
 * @param journal where journals are; without {@link AckMode#JOURNAL} one left from before is only
 *     replayed there. Null: there are none
 * @param timedByArrival filters of the topics whose messages are handed on only once they are
 *     durable, with {@link AckMode#JOURNAL}
 */
public record AckOptions(
    AckMode mode, @Nullable JournalOptions journal, List<String> timedByArrival)
    implements Serializable {

  public AckOptions {
    if (mode == AckMode.JOURNAL && journal == null) {
      throw new IllegalArgumentException("AckMode.JOURNAL needs a folder for the journal");
    }
  }
}
