package io.motorwatch.timeline;

import java.io.Serializable;

/**
 * The section {@code timeline}; durations in milliseconds.
 *
 * @param maxFuture how far a device's clock may be ahead of arrival
 * @param maxFieldAge how old a field's value may be to be used, device time
 * @param reorderWindow wall clock a reading waits for others that were overtaken
 * @param silentAfter wall clock without a reading after which a device is silent, at least {@link
 *     #LEAST_SILENCE_MS}
 * @param forgetAfter wall clock without any message after which the state of a device is dropped;
 *     longer than {@code reorderWindow}, or what waits would be lost
 * @param clockBackAfter device time that readings older than the device's progress must span, in
 *     order, to be taken for those of a clock that was set back
 * @param rejectedPerMinute rejections of one device kept in a minute, at least 1
 * @param oldest device time before which a clock was surely never set, epoch milliseconds
 */
public record TimelineSettings(
    long maxFuture,
    long reorderWindow,
    long maxFieldAge,
    long silentAfter,
    long forgetAfter,
    long clockBackAfter,
    int rejectedPerMinute,
    long oldest)
    implements Serializable {

  /** The least of {@link #silentAfter}: silence takes a timer per device, and must not flood. */
  public static final long LEAST_SILENCE_MS = 100;
}
