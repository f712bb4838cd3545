package io.motorwatch.jobs.simulator;

import io.motorwatch.jobs.publish.PublishCounts;

/**
 * What became of a fleet's readings.
 *
 * @param readings that were published
 * @param lastAt device time of the last one, epoch milliseconds; MIN_VALUE if there was none
 * @param complete whether these are all of the plan
 * @param counts of messages; nameplates and status are among them
 */
public record FleetOutcome(long readings, long lastAt, boolean complete, PublishCounts counts) {}
