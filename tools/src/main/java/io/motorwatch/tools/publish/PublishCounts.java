package io.motorwatch.tools.publish;

import org.jspecify.annotations.Nullable;

/**
 * How publishing stands.
 *
 * @param confirmed messages the broker has taken
 * @param refused messages it did not want, which are not sent again
 * @param unconfirmed messages under way, or waiting for a connection
 * @param connections that were made so far
 * @param problem the newest reason for a lost connection or a refusal; null if there was none
 */
public record PublishCounts(
    long confirmed, long refused, int unconfirmed, long connections, @Nullable String problem) {}
