package io.motorwatch.model;

/**
 * What a device sends, decoded, and what people send to it: the element of the one shuffle of the
 * job, keyed by device.
 */
public sealed interface DeviceEvent
    permits Reading, StatusReport, AttributesReport, ForwardedEvent {

  DeviceId device();

  /** Wall clock of the reader that received it, epoch milliseconds. */
  long arrivedAt();
}
