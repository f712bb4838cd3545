package io.motorwatch.source.mqtt.journal;

import io.motorwatch.source.mqtt.MqttMessage;

/**
 * A message in a journal.
 *
 * @param position counts a session's messages, from 0
 * @param packetId by which the broker knew it
 */
public record JournalRecord(long position, int packetId, MqttMessage message) {

  /** In a session's state: it has no journal, or none that was read yet. */
  public static final long NONE = -2;

  /** The position before the first. */
  public static final long START = -1;
}
