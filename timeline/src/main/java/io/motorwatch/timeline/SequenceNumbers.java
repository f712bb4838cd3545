package io.motorwatch.timeline;

import io.motorwatch.model.Reading;
import io.motorwatch.model.serialization.Wire;
import io.motorwatch.timeline.RecentReadings.Verdict;
import java.io.IOException;
import java.util.Objects;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * Follows a device's sequence numbers: knows duplicates and replays among them, how many are
 * missing, when the count restarts, and that a counter of 32 bits wraps to 0. Mutable; belongs to
 * one key.
 */
final class SequenceNumbers {

  private static final int WINDOW = SeenNumbers.WINDOW;

  /** A sequence number that falls back below this, with a newer time stamp, is a restart. */
  static final long RESTART_BELOW = 1_000;

  /**
   * So many readings in a row whose numbers are long passed, each higher than the one before and at
   * a newer time, are a count that restarted, not replays.
   */
  static final int NEW_COUNT = 4;

  /** A jump further than this is another count, not a loss: eleven days at a reading a second. */
  static final long LONGEST_GAP = 1_000_000;

  private static final long WRAPS_AT = 1L << 32;
  private static final long NONE = -1;

  private long highest = NONE;
  private SeenNumbers seen = new SeenNumbers();

  /** How many numbers from the highest down belong to this count; at most the window. */
  private int counted;

  private long lost;
  private MissingNumbers missing = new MissingNumbers();

  /** The count before this one, or null. */
  private @Nullable SequenceBeforeRestart former;

  /** The last refused number of a possible new count, and how many there were. */
  private long refused = NONE;

  private int refusals;

  /** Whether the device has sent any. */
  boolean any() {
    return highest != NONE;
  }

  /**
   * Whether this number, checked before, is the newest of the count, or of what seems to be one.
   */
  boolean isNewest(long seq) {
    return seq == highest || isNewestOfAGuess(seq);
  }

  private boolean isNewestOfAGuess(long seq) {
    SequenceBeforeRestart guess = former;
    return guess != null && guess.isGuessed() && seq == guess.highest();
  }

  /** The device's clock was set back, and this reading, checked before, is by the new one. */
  void clockSetBack(Reading reading) {
    if (reading.seq() != highest && isNewestOfAGuess(reading.seq())) {
      countFrom(reading);
    }
  }

  /** Numbers that were left out and have not come since. Restarts do not change it. */
  long lost() {
    return lost;
  }

  /**
   * Checks a reading by its number.
   *
   * @param newerThanAll whether it is newer than all before, by every clock the device had
   */
  Verdict check(Reading reading, boolean newerThanAll) {
    long seq = reading.seq();
    if (highest == NONE) {
      highest = seq;
      counted = 1;
      seen.reset();
      return Verdict.NEW;
    }
    long ahead = ahead(seq);
    if (!newerThanAll && isOfFormerCount(reading, ahead)) {
      lost += former().take(seq);
      return Verdict.NEW;
    }
    if (ahead > WINDOW && !newerThanAll) {
      // It would make what comes next look long passed.
      return ofAnotherCount(reading);
    }
    if (ahead > 0) {
      advance(reading, ahead);
      return Verdict.NEW;
    }
    return checkBehind(reading, -ahead, newerThanAll);
  }

  private SequenceBeforeRestart former() {
    return Objects.requireNonNull(former);
  }

  /**
   * Whether the number belongs to the count before. Within the window of this one it does not: a
   * device whose count restarts may number a backlog again too.
   */
  private boolean isOfFormerCount(Reading reading, long ahead) {
    SequenceBeforeRestart before = former;
    if (before == null || Math.abs(ahead) < WINDOW) {
      return false;
    }
    long seq = reading.seq();
    if (ahead > 0) {
      return before.continuesWith(seq);
    }
    return before.wasMeasuredIn(reading.timestamp())
        && before.misses(seq)
        && !missing.contains(seq);
  }

  private Verdict ofAnotherCount(Reading reading) {
    if (former != null) {
      return Verdict.REPLAYED;
    }
    former = new SequenceBeforeRestart(Long.MIN_VALUE, reading.seq(), new MissingNumbers());
    return Verdict.NEW;
  }

  private Verdict checkBehind(Reading reading, long behind, boolean newerThanAll) {
    long seq = reading.seq();
    if (behind >= WINDOW) {
      if (newerThanAll && seq < RESTART_BELOW) {
        countFrom(reading);
        return Verdict.RESTART;
      }
      if (!newerThanAll && missing.take(seq)) {
        lost--;
        return Verdict.NEW;
      }
      return countRestarts(reading, newerThanAll) ? Verdict.RESTART : Verdict.REPLAYED;
    }
    if (seen.mark(behind)) {
      // A device that restarts early on counts the same low numbers again, at newer times.
      if (newerThanAll && seq < RESTART_BELOW) {
        countFrom(reading);
        return Verdict.RESTART;
      }
      return countRestarts(reading, newerThanAll) ? Verdict.RESTART : Verdict.DUPLICATE;
    }
    if (behind < counted && !newerThanAll) {
      lost--;
    }
    return Verdict.NEW;
  }

  /** How far the number is ahead of the highest, over the end of 32 bits where it is near. */
  private long ahead(long seq) {
    if (highest < WRAPS_AT && highest >= WRAPS_AT - WINDOW && seq < WINDOW) {
      return seq + WRAPS_AT - highest;
    }
    if (highest < WINDOW && seq < WRAPS_AT && seq >= WRAPS_AT - WINDOW) {
      return seq - WRAPS_AT - highest;
    }
    return seq - highest;
  }

  private void advance(Reading reading, long ahead) {
    if (reading.seq() < highest) {
      former = new SequenceBeforeRestart(reading.timestamp(), highest, missing.copy());
    }
    if (ahead > LONGEST_GAP) {
      missing.clear();
      counted = 1;
    } else {
      rememberMissing(ahead);
      lost += ahead - 1;
      counted = (int) Math.min(WINDOW, counted + ahead);
    }
    seen.advance(ahead);
    highest = reading.seq();
  }

  /** Of what leaves the window, or never is in it, the numbers of this count that did not come. */
  private void rememberMissing(long ahead) {
    if (ahead == 1 && seen.containsOldest()) {
      return;
    }
    int leaving = (int) Math.min(ahead, WINDOW);
    for (int behind = Math.min(counted, WINDOW) - 1; behind >= WINDOW - leaving; behind--) {
      if (!seen.contains(behind)) {
        missing.add(highest - behind, highest - behind);
      }
    }
    if (ahead > WINDOW) {
      missing.add(highest + 1, highest + ahead - WINDOW);
    }
  }

  /** The count restarts with this reading, as is known from elsewhere. */
  void restart(Reading reading) {
    refusals = 0;
    countFrom(reading);
  }

  private void countFrom(Reading reading) {
    rememberUnseen();
    former = new SequenceBeforeRestart(reading.timestamp(), highest, missing);
    missing = new MissingNumbers();
    highest = reading.seq();
    counted = 1;
    seen.reset();
  }

  private void rememberUnseen() {
    for (int behind = counted - 1; behind > 0; behind--) {
      if (!seen.contains(behind)) {
        missing.add(highest - behind, highest - behind);
      }
    }
  }

  private boolean countRestarts(Reading reading, boolean newerThanAll) {
    long seq = reading.seq();
    refusals = newerThanAll && (refusals == 0 || seq > refused) ? refusals + 1 : 0;
    refused = seq;
    if (refusals < NEW_COUNT) {
      return false;
    }
    refusals = 0;
    countFrom(reading);
    return true;
  }

  SequenceNumbers copy() {
    SequenceNumbers copy = new SequenceNumbers();
    copy.highest = highest;
    copy.seen = seen.copy();
    copy.counted = counted;
    copy.lost = lost;
    copy.missing = missing.copy();
    copy.former = former == null ? null : former.copy();
    copy.refused = refused;
    copy.refusals = refusals;
    return copy;
  }

  void write(DataOutputView out) throws IOException {
    Wire.writeNumber(highest, out);
    if (highest == NONE) {
      return;
    }
    seen.write(out);
    Wire.writeCount(counted, out);
    Wire.writeNumber(lost, out);
    missing.write(out);
    out.writeBoolean(former != null);
    if (former != null) {
      former.write(out);
    }
    out.writeByte(refusals);
    if (refusals > 0) {
      Wire.writeNumber(refused, out);
    }
  }

  static SequenceNumbers read(DataInputView in) throws IOException {
    SequenceNumbers numbers = new SequenceNumbers();
    numbers.highest = Wire.readNumber(in);
    if (numbers.highest == NONE) {
      return numbers;
    }
    numbers.seen = SeenNumbers.read(in);
    numbers.counted = Wire.readCount(in);
    numbers.lost = Wire.readNumber(in);
    numbers.missing = MissingNumbers.read(in);
    numbers.former = in.readBoolean() ? SequenceBeforeRestart.read(in) : null;
    numbers.refusals = in.readUnsignedByte();
    if (numbers.refusals > 0) {
      numbers.refused = Wire.readNumber(in);
    }
    return numbers;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SequenceNumbers that
        && highest == that.highest
        && seen.equals(that.seen)
        && counted == that.counted
        && lost == that.lost
        && missing.equals(that.missing)
        && Objects.equals(former, that.former)
        && refusals == that.refusals
        && (refusals == 0 || refused == that.refused);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(highest) ^ seen.hashCode();
  }
}
