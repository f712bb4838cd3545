package io.motorwatch.jobs.config;

import java.nio.file.Path;

/**
 * The section {@code patterns}.
 *
 * @param live whether pattern files published over MQTT are taken too
 */
public record PatternsConfig(Path file, boolean live) {}
