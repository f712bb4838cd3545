package io.motorwatch.patterns.sequence;

/**
 * What a sequence that has begun keeps of a device.
 *
 * @param bytes for {@link SequenceRunner#load}; not to be changed
 * @param checkAt device time at which something begun can no longer complete, epoch milliseconds;
 *     {@link Long#MAX_VALUE} where nothing is limited in time
 */
public record SequenceMemory(byte[] bytes, long checkAt) {}
