package io.motorwatch.sink.influx;

/**
 * Where a batch goes: one request carries points of one destination only.
 *
 * @param tier retention policy on 1.x, suffix of the bucket or database elsewhere
 * @param precision unit of its time stamps
 */
record Destination(String tier, TimePrecision precision) {}
