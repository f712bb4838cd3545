package io.motorwatch.tools.patterntest;

import io.motorwatch.model.Attributes;
import io.motorwatch.model.DeviceId;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One test of a pattern file: what a device sends, and the alarms that it must raise.
 *
 * @param device which device it is: overrides may be for it
 * @param everyMs the interval of its readings, milliseconds
 * @param silentAfterMs how long it may be silent, milliseconds; as timeline.silent-after
 * @param series the values of each field, one per interval; NaN for none
 * @param of the patterns whose alarms are compared; empty: all
 * @param alarms all that these patterns must raise
 */
public record PatternTest(
    String name,
    DeviceId device,
    Attributes attributes,
    long everyMs,
    long silentAfterMs,
    Map<String, double[]> series,
    Set<String> of,
    List<ExpectedAlarm> alarms) {

  boolean compares(String pattern) {
    return of.isEmpty() || of.contains(pattern);
  }
}
