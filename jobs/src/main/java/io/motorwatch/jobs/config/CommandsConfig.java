package io.motorwatch.jobs.config;

import java.io.Serializable;

/**
 * The section {@code commands}.
 *
 * @param enabled whether devices are told what patterns with a {@code command} say
 */
public record CommandsConfig(boolean enabled) implements Serializable {}
