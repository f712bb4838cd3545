package io.motorwatch.model.connection;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How long to wait after the n-th failure in a row: doubling from the first delay to the longest,
 * each shortened by up to half at random, so that many clients do not return to a restarted server
 * at one moment. Not thread-safe.
 */
public final class Backoff {

  private static final Duration LONGEST_ASKED = Duration.ofHours(1);

  private final Duration first;
  private final Duration longest;
  private final RandomGenerator random;
  private int failures;

  public Backoff(Duration first, Duration longest, RandomGenerator random) {
    this.first = first;
    this.longest = longest;
    this.random = random;
  }

  /**
   * Counts a failure.
   *
   * @param asked what the server asked us to wait, or null; the result is never less, as long as it
   *     is sane (an hour at most)
   * @return how long to wait, milliseconds
   */
  public long failed(@Nullable Duration asked) {
    int doublings = Math.min(failures++, 30);
    long full = Math.min(longest.toMillis(), first.toMillis() << doublings);
    long jittered = full / 2 + random.nextLong(full / 2 + 1);
    return asked == null ? jittered : Math.max(jittered, capped(asked));
  }

  /** A server may ask for more than milliseconds can hold. */
  private static long capped(Duration asked) {
    return (asked.compareTo(LONGEST_ASKED) > 0 ? LONGEST_ASKED : asked).toMillis();
  }

  /** Forgets the failures. */
  public void succeeded() {
    failures = 0;
  }

  /** Whether the last thing that happened was a failure. */
  public boolean failing() {
    return failures > 0;
  }

  /** Failures in a row so far. */
  public int failures() {
    return failures;
  }
}
