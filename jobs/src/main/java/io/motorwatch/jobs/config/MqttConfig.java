package io.motorwatch.jobs.config;

import io.motorwatch.model.connection.BrokerAddress;
import java.util.List;

/**
 * The section {@code mqtt}.
 *
 * @param clientIdPrefix unique per deployment: two clients of one id throw each other out
 * @param topics topic templates, at least one
 * @param sessions fixed broker sessions, 1 or more
 */
public record MqttConfig(
    BrokerAddress broker, String clientIdPrefix, List<String> topics, int sessions) {}
