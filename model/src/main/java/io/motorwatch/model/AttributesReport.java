package io.motorwatch.model;

/** A device's whole nameplate as published; replaces the one before. */
public record AttributesReport(DeviceId device, Attributes attributes, long arrivedAt)
    implements DeviceEvent {}
