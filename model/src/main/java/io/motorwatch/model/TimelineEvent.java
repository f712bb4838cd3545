package io.motorwatch.model;

/** What the timeline passes on, in the order in which it counts: the element behind the shuffle. */
public sealed interface TimelineEvent permits TimelineReading, PatternsReport, AlarmRequest {

  /** The device it belongs to; of a report to all of them, one that stands for its key group. */
  DeviceId device();
}
