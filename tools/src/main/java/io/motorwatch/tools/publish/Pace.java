package io.motorwatch.tools.publish;

/**
 * When something recorded is due, at a multiple of real time.
 *
 * @param startedAt System.nanoTime at which the first is due
 * @param firstAt device time of the first, epoch milliseconds
 * @param speedup device time per wall time; infinite for as fast as possible
 */
public record Pace(long startedAt, long firstAt, double speedup) {

  public Pace {
    if (!(speedup > 0)) {
      throw new IllegalArgumentException("the speed-up must be above 0, not " + speedup);
    }
  }

  /** System.nanoTime at which a device time is due. */
  public long dueAt(long at) {
    return startedAt + (long) ((at - firstAt) * 1e6 / speedup);
  }
}
