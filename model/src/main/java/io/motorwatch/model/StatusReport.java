package io.motorwatch.model;

/**
 * A device's status message, or its Last Will.
 *
 * @param fresh whether it was published just now; not if the broker kept it (retained), for how
 *     unknown time
 */
public record StatusReport(DeviceId device, boolean online, boolean fresh, long arrivedAt)
    implements DeviceEvent {}
