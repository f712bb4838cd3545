package io.motorwatch.tools.simulator;

/**
 * Random numbers that are the same on every Java version, which the library's generators do not
 * promise for ranges: Steele, Lea and Flood's SplitMix64 (OOPSLA 2014).
 */
final class SeededRandom {

  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private long state;

  /** A sequence of its own for each pair of numbers. */
  SeededRandom(long seed, long stream) {
    this.state = mix(seed + GOLDEN_GAMMA) + mix(stream * GOLDEN_GAMMA);
  }

  private static long mix(long value) {
    long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  private long next() {
    state += GOLDEN_GAMMA;
    return mix(state);
  }

  /** Evenly from low up to, but not including, high. */
  double between(double low, double high) {
    return low + (high - low) * ((next() >>> 11) * 0x1p-53);
  }

  /** Evenly from low to high, both included; high - low far below 2^53. */
  long between(long low, long high) {
    return low + (long) between(0.0, (double) (high - low + 1));
  }

  boolean toss() {
    return next() < 0;
  }
}
