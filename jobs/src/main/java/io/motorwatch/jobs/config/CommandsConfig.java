package io.motorwatch.jobs.config;

import java.io.Serializable;

/**
 * The section {@code commands}.
 *
 * @param enabled whether the commands of patterns are published to the devices
 */
public record CommandsConfig(boolean enabled) implements Serializable {}
