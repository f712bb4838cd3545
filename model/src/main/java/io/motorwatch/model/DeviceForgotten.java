package io.motorwatch.model;

/**
 * A device was not heard for so long that the timeline knows nothing of it any more; nobody behind
 * it is to keep anything either.
 *
 * @param at wall clock when it was forgotten, epoch milliseconds
 * @param lastAt device time of its newest reading, epoch milliseconds; {@link
 *     DeviceStatus#NEVER_SEEN} where it has sent none
 */
public record DeviceForgotten(DeviceId device, long at, long lastAt) implements TimelineEvent {}
