package io.motorwatch.model;

/**
 * What the timeline tells of a device, in the device's own order: its readings, and what else those
 * behind must know of it; and what is meant for the patterns. Passed on within a chain of
 * operators.
 */
public sealed interface TimelineEvent
    permits TimelineReading,
        UnusableValues,
        ClockSetBack,
        DeviceSilence,
        DeviceForgotten,
        PatternsReport,
        AlarmRequest {

  /** The device it belongs to; of a report to all of them, one that stands for its key group. */
  DeviceId device();
}
