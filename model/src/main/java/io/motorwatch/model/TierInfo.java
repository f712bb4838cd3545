package io.motorwatch.model;

/**
 * Says which tier a dashboard reads for a range of time.
 *
 * @param tier retention policy or bucket suffix
 * @param rank 1 for the finest
 * @param maxSpanMs the longest range this tier should be read for, milliseconds
 * @param at wall clock, whole minutes, epoch milliseconds
 */
public record TierInfo(String tier, int rank, long maxSpanMs, long at) {}
