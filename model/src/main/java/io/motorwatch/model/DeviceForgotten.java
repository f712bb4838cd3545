package io.motorwatch.model;

/**
 * A device has sent nothing for so long that the timeline has dropped its state; no operator behind
 * it is to keep anything either.
 *
 * @param at wall clock when it was forgotten, epoch milliseconds
 * @param lastAt device time of its newest reading, epoch milliseconds; {@link
 *     DeviceStatus#NEVER_SEEN} where it has sent none
 */
public record DeviceForgotten(DeviceId device, long at, long lastAt) implements TimelineEvent {}
