package io.motorwatch.tools.simulator;

import io.motorwatch.tools.publish.PublishCounts;

/**
 * What became of a fleet's readings.
 *
 * @param readings that were published
 * @param sentThrough device time up to which, and with which, all were, epoch milliseconds
 * @param complete whether these are all of the plan
 * @param counts of messages; nameplates and status are among them
 */
public record FleetOutcome(
    long readings, long sentThrough, boolean complete, PublishCounts counts) {}
