package io.motorwatch.model;

/**
 * What the timeline tells of a device, in the device's own order: its readings, and what else those
 * behind must know of it. Passed on within a chain of operators.
 */
public sealed interface TimelineEvent
    permits TimelineReading, ClockSetBack, DeviceSilence, DeviceForgotten {

  DeviceId device();
}
