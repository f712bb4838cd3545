package io.motorwatch.model;

/**
 * A device's clock was set back, and its new time is accepted: the readings that follow are older
 * than those before, and nothing that began before may be completed by them.
 *
 * @param from device time of the newest reading by the clock as it was, epoch milliseconds
 * @param to device time of the first reading by the clock as it is, epoch milliseconds
 */
public record ClockSetBack(DeviceId device, long from, long to) implements TimelineEvent {}
