package io.motorwatch.patterns.definition;

/**
 * The life cycle of a pattern's alarms, apart from raising, escalating and clearing (terms of
 * ISA-18.2).
 *
 * @param reAlarmMs how long after its last report an open, unacknowledged alarm is reported again,
 *     milliseconds of device time; 0: never
 * @param latch whether an alarm stays open until it is acknowledged
 * @param flapping when raises are combined into a flapping alarm
 */
public record LifecycleRules(long reAlarmMs, boolean latch, Flapping flapping) {

  public static final LifecycleRules PLAIN = new LifecycleRules(0, false, Flapping.UNWATCHED);

  /**
   * More raises than this within a time become one alarm. It is cleared once the clear condition
   * has been true for that time.
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
