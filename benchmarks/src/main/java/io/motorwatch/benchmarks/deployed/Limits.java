package io.motorwatch.benchmarks.deployed;

/**
 * Up to where a rate counts as held, milliseconds.
 *
 * @param behindMs by how much the generator may be held up by the broker at the end
 * @param settledMs within which everything must have arrived after that: more is a queue
 * @param lateMs which 99 of 100 alerts must not exceed
 */
record Limits(double behindMs, double settledMs, double lateMs) {}
