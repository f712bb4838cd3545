package io.motorwatch.model;

/**
 * A device has sent nothing for as long as it may be silent. Emitted at that moment, and again when
 * the silence has lasted twice, four times … as long; the next reading ends it.
 *
 * @param at wall clock when that was found, epoch milliseconds
 * @param lastAt device time of its newest reading, epoch milliseconds; {@link
 *     DeviceStatus#NEVER_SEEN} where it has sent none
 * @param lastedMs how long it has lasted at least, milliseconds, positive: the length of this
 *     reporting and not a measured one, so that it is the same after a replay
 * @param attributes the nameplate, by which patterns decide whether they apply
 */
public record DeviceSilence(
    DeviceId device, long at, long lastAt, long lastedMs, Attributes attributes)
    implements TimelineEvent {}
