package io.motorwatch.jobs.config;

import java.io.Serializable;

/**
 * The section {@code timeline}; durations in milliseconds.
 *
 * @param maxFuture how far a device's clock may be ahead of arrival
 * @param maxFieldAge how old a field's value may be to be believed, device time
 * @param silentAfter wall clock without a reading after which a device is silent
 * @param forgetAfter wall clock without a word after which nothing is kept of a device
 * @param clockBackAfter device time that readings older than the device's progress must span, in
 *     order, to be taken for those of a clock that was set back
 * @param rejectedPerMinute rejections of one device kept in a minute, at least 1
 * @param oldest device time before which a clock was surely never set, epoch milliseconds
 */
public record TimelineConfig(
    long maxFuture,
    long reorderWindow,
    long maxFieldAge,
    long silentAfter,
    long forgetAfter,
    long clockBackAfter,
    int rejectedPerMinute,
    long oldest)
    implements Serializable {}
