package io.motorwatch.benchmarks.deployed;

/**
 * A reading, named.
 *
 * @param site of the device
 * @param device its name
 * @param at device time, epoch milliseconds
 */
record Moment(String site, String device, long at) {}
