package io.motorwatch.model;

/** A device's status message, or its Last Will. */
public record StatusReport(DeviceId device, boolean online, long arrivedAt)
    implements DeviceEvent {}
