package io.motorwatch.timeline;

import io.motorwatch.model.serialization.Wire;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * What is known of the count a device had before it restarted: a device that stores and forwards
 * may upload readings of it for long after. Mutable; belongs to one key.
 */
final class SequenceBeforeRestart {

  private final long endedAt;
  private final MissingNumbers missing;
  private long highest;

  /**
   * @param endedAt device time at which the next count began; MIN_VALUE if its begin was not seen,
   *     and there only seem to be two
   * @param highest the highest number seen
   * @param missing of those below it; handed over
   */
  SequenceBeforeRestart(long endedAt, long highest, MissingNumbers missing) {
    this.endedAt = endedAt;
    this.highest = highest;
    this.missing = missing;
  }

  /** Whether a reading of that device time was made before the next count began. */
  boolean wasMeasuredIn(long timestamp) {
    return timestamp < endedAt;
  }

  /** Whether there is no more to it than a number that does not fit the present count. */
  boolean isGuessed() {
    return endedAt == Long.MIN_VALUE;
  }

  long highest() {
    return highest;
  }

  boolean misses(long seq) {
    return missing.contains(seq);
  }

  /** Whether a number is missing, or goes on from the highest. */
  boolean continuesWith(long seq) {
    long ahead = seq - highest;
    return misses(seq) || (ahead > 0 && ahead <= SequenceNumbers.LONGEST_GAP);
  }

  /** Takes in such a number; how many more numbers of the count are missing by it. */
  long take(long seq) {
    if (missing.take(seq)) {
      return -1;
    }
    long left = seq - highest - 1;
    if (left > 0) {
      missing.add(highest + 1, seq - 1);
    }
    highest = seq;
    return left;
  }

  SequenceBeforeRestart copy() {
    return new SequenceBeforeRestart(endedAt, highest, missing.copy());
  }

  void write(DataOutputView out) throws IOException {
    out.writeLong(endedAt);
    Wire.writeNumber(highest, out);
    missing.write(out);
  }

  static SequenceBeforeRestart read(DataInputView in) throws IOException {
    return new SequenceBeforeRestart(in.readLong(), Wire.readNumber(in), MissingNumbers.read(in));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SequenceBeforeRestart that
        && endedAt == that.endedAt
        && highest == that.highest
        && missing.equals(that.missing);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(endedAt) ^ Long.hashCode(highest);
  }
}
