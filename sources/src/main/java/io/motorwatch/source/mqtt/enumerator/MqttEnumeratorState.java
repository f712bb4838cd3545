package io.motorwatch.source.mqtt.enumerator;

import java.util.Map;

/**
 * What a checkpoint remembers of the sessions; which there ought to be follows from the
 * configuration.
 *
 * @param held by client id
 */
public record MqttEnumeratorState(Map<String, HeldSession> held) {

  public MqttEnumeratorState {
    held = Map.copyOf(held);
  }
}
