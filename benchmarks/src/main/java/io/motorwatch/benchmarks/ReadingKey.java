package io.motorwatch.benchmarks;

/**
 * A reading, named.
 *
 * @param site of the device
 * @param device its name
 * @param at device time, epoch milliseconds
 */
public record ReadingKey(String site, String device, long at) {}
