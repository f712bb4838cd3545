package io.motorwatch.model;

/**
 * What the timeline forwards to the patterns as it is, in its place among the device's readings: it
 * says nothing about the device's clock. Has one form on both sides of the timeline.
 */
public sealed interface ForwardedEvent extends DeviceEvent, TimelineEvent
    permits PatternFileUpdate, AlarmRequest, UnusableValues {

  @Override
  DeviceId device();
}
