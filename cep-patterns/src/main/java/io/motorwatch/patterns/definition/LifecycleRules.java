package io.motorwatch.patterns.definition;

/**
 * How a pattern's alarms live, besides being raised, escalated and cleared (terms of ISA-18.2).
 *
 * @param reAlarmMs how long after it was last told an open alarm that nobody has acknowledged is
 *     told again, milliseconds of device time; 0: never
 * @param latch whether it stays open until acknowledged
 * @param flapping when raising turns into flapping
 */
public record LifecycleRules(long reAlarmMs, boolean latch, Flapping flapping) {

  public static final LifecycleRules PLAIN = new LifecycleRules(0, false, Flapping.UNWATCHED);

  /**
   * More raises than this within a time become one alarm, which is cleared once the clear condition
   * has held for that time.
   *
   * @param moreThan 0: not watched
   * @param withinMs milliseconds of device time
   */
  public record Flapping(int moreThan, long withinMs) {
    public static final Flapping UNWATCHED = new Flapping(0, 0);

    public boolean watched() {
      return moreThan > 0;
    }
  }
}
