package io.motorwatch.model;

/**
 * A pattern file to judge by from here on. It travels in the stream of the devices' own events, one
 * copy to each key group, so that what comes before it is judged by the old file and what comes
 * after by the new.
 *
 * @param device no real one: a name that hashes into the key group
 * @param version the file's
 * @param text the file, checked before
 * @param arrivedAt wall clock at arrival, epoch milliseconds
 */
public record PatternsReport(DeviceId device, long version, String text, long arrivedAt)
    implements DeviceEvent, TimelineEvent {}
