package io.motorwatch.model;

/**
 * What the timeline emits for a device, in the device's own order: its readings, changes of its
 * clock and of its silence, and what is meant for the patterns. Stays within a chain of operators.
 */
public sealed interface TimelineEvent
    permits TimelineReading, ClockSetBack, DeviceSilence, DeviceForgotten, ForwardedEvent {

  /** The device it belongs to; of a report to all of them, one that stands for its key group. */
  DeviceId device();
}
