package io.motorwatch.tools.replay;

import io.motorwatch.tools.publish.PublishCounts;
import java.util.List;

/**
 * What became of a recording.
 *
 * @param rows that were published
 * @param end how it came to its end
 * @param rowsWithoutTime that were left out because their time cannot be read
 * @param linesWithoutTime the lines of the first few of them
 * @param rowsWithoutField that were left out because no column of theirs is a number
 */
public record ReplayOutcome(
    long rows,
    End end,
    long rowsWithoutTime,
    List<Long> linesWithoutTime,
    long rowsWithoutField,
    PublishCounts counts) {

  /** How publishing ended. */
  public sealed interface End {

    /** At the recording's end. */
    record Complete() implements End {}

    /** We were stopped before. */
    record Stopped() implements End {}

    /** Where the file is no CSV any more. */
    record Unreadable(RecordingException why) implements End {}
  }

  /** Whether there was something to publish and the broker took all of it, to the end. */
  public boolean allPublished() {
    return end instanceof End.Complete
        && rows > 0
        && counts.unconfirmed() == 0
        && counts.refused() == 0;
  }
}
