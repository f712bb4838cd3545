package io.motorwatch.jobs.config;

import java.io.Serializable;

/**
 * The section {@code timeline}; all in milliseconds.
 *
 * @param maxFuture how far a device's clock may be ahead of arrival
 * @param maxFieldAge how old a field's value may be to be believed, device time
 * @param silentAfter wall clock without a reading after which a device is silent
 * @param oldest device time before which a clock was surely never set, epoch milliseconds
 */
public record TimelineConfig(
    long maxFuture, long reorderWindow, long maxFieldAge, long silentAfter, long oldest)
    implements Serializable {}
