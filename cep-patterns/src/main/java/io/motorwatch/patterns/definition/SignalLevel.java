package io.motorwatch.patterns.definition;

/**
 * When a signal is true: a level with hysteresis.
 *
 * @param direction on which side of the level it is true
 * @param level it becomes true with a value beyond this
 * @param reset it becomes false again with a value beyond this on the other side
 * @param maxGapMs after a longer gap between readings it starts again, milliseconds of device time
 */
public record SignalLevel(Direction direction, double level, double reset, long maxGapMs) {

  /** Contract §6: {@code reset} where none is given. */
  private static final double DEFAULT_RATIO = 0.04;

  public static final long DEFAULT_MAX_GAP_MS = 10_000;

  /** The side on which a signal is true. */
  public enum Direction {
    ABOVE,
    BELOW
  }

  /** The reset used where a file gives none: 4 % back from the level. */
  public static double defaultReset(Direction direction, double level) {
    return direction == Direction.ABOVE ? level * (1 - DEFAULT_RATIO) : level * (1 + DEFAULT_RATIO);
  }

  public boolean entersAt(double value) {
    return direction == Direction.ABOVE ? value > level : value < level;
  }

  public boolean exitsAt(double value) {
    return direction == Direction.ABOVE ? value < reset : value > reset;
  }

  /** Whether fewer values are beyond this level than beyond another. */
  public boolean isStricterThan(double other) {
    return direction == Direction.ABOVE ? level > other : level < other;
  }

  /** The more extreme of two values. */
  public double extreme(double a, double b) {
    return direction == Direction.ABOVE ? Math.max(a, b) : Math.min(a, b);
  }
}
