package io.motorwatch.jobs.replay;

import io.motorwatch.jobs.publish.PublishCounts;
import java.util.List;

/**
 * What became of a recording.
 *
 * @param rows that were published
 * @param complete whether the recording's end was reached
 * @param rowsWithoutTime that were left out because their time cannot be read
 * @param linesWithoutTime the lines of the first few of them
 * @param rowsWithoutField that were left out because no column of theirs is a number
 */
public record ReplayOutcome(
    long rows,
    boolean complete,
    long rowsWithoutTime,
    List<Long> linesWithoutTime,
    long rowsWithoutField,
    PublishCounts counts) {

  /** Whether there was something to publish and the broker took all of it. */
  public boolean allPublished() {
    return rows > 0 && counts.unconfirmed() == 0 && counts.refused() == 0;
  }
}
