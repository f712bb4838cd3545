package io.motorwatch.model;

/**
 * A device has not been heard for as long as it may be silent. Told once per silence; the next
 * reading ends it.
 *
 * @param at wall clock when it was judged, epoch milliseconds
 * @param lastAt device time of its newest reading, epoch milliseconds; {@link
 *     DeviceStatus#NEVER_SEEN} where it has sent none
 */
public record DeviceSilence(DeviceId device, long at, long lastAt) implements TimelineEvent {}
