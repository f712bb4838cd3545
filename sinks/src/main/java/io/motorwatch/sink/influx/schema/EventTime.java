package io.motorwatch.sink.influx.schema;

/** Nanosecond time stamps of events that are known to the millisecond. */
final class EventTime {

  static final long NANOS_PER_MILLI = 1_000_000;

  /** The last whole millisecond that nanoseconds in 64 bits can express: in the year 2262. */
  private static final long LAST = Long.MAX_VALUE / NANOS_PER_MILLI - 1;

  private EventTime() {}

  /**
   * Nanoseconds of a millisecond and a number within it. A device's clock may claim any year: one
   * beyond what can be expressed is taken for the last that can, rather than failing the job.
   */
  static long nanos(long millis, long within) {
    long possible = Math.max(-LAST, Math.min(LAST, millis));
    return possible * NANOS_PER_MILLI + Math.floorMod(within, NANOS_PER_MILLI);
  }
}
