package io.motorwatch.source.mqtt.enumerator;

import org.apache.flink.api.connector.source.SourceEvent;

/** A reader reports that it has read a session's last message, and that the broker has ended it. */
public record SessionDrainedEvent(String clientId) implements SourceEvent {}
