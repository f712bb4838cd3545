package io.motorwatch.tiers;

/**
 * Windows of one length, counted from the epoch.
 *
 * @param everyMs their length, milliseconds
 */
record FixedGrid(long everyMs) implements WindowGrid {

  @Override
  public long start(long at) {
    return Math.floorDiv(at, everyMs) * everyMs;
  }

  @Override
  public long end(long start) {
    return start + everyMs;
  }

  @Override
  public long usualLength() {
    return everyMs;
  }
}
