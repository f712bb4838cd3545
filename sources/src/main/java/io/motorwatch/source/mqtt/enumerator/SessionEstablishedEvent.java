package io.motorwatch.source.mqtt.enumerator;

import org.apache.flink.api.connector.source.SourceEvent;

/** A reader reports that the broker holds a session and its subscriptions. */
public record SessionEstablishedEvent(String clientId) implements SourceEvent {}
