package io.motorwatch.source.mqtt.split;

import java.io.Serializable;

/**
 * A filter a session subscribes with.
 *
 * @param filter an MQTT topic filter, perhaps behind {@code $share/group/}
 * @param retained whether to ask for the retained messages too
 */
public record Subscription(String filter, boolean retained) implements Serializable {}
