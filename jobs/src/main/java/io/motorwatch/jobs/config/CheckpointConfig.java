package io.motorwatch.jobs.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code checkpoint}.
 *
 * @param dir where checkpoints and savepoints are kept, or null: in memory only
 */
public record CheckpointConfig(long intervalMs, @Nullable Path dir) {}
