package io.motorwatch.model;

/**
 * A pattern file that is in force from here on. It travels in the stream of the devices' own
 * events, one copy to each key group: what comes before it is evaluated by the old file, and what
 * comes after it by the new one.
 *
 * @param device no real one: a name that hashes into the key group
 * @param version the file's
 * @param text the file, checked before
 * @param arrivedAt wall clock at arrival, epoch milliseconds
 */
public record PatternFileUpdate(DeviceId device, long version, String text, long arrivedAt)
    implements ForwardedEvent {}
