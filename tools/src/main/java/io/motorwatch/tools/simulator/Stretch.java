package io.motorwatch.tools.simulator;

/**
 * A stretch of device time in which a motor does one thing.
 *
 * @param from epoch milliseconds, included
 * @param until epoch milliseconds, not included
 * @param level current in multiples of rated, before noise
 */
record Stretch(Activity activity, long from, long until, double level) {

  boolean contains(long time) {
    return from <= time && time < until;
  }
}
