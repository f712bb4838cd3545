package io.motorwatch.source.mqtt.enumerator;

import java.util.Set;

/**
 * What a checkpoint remembers of the sessions; which there are follows from the configuration.
 *
 * @param established client ids whose session the broker has held, so that its absence after a
 *     restart is a loss
 */
public record MqttEnumeratorState(Set<String> established) {

  public MqttEnumeratorState {
    established = Set.copyOf(established);
  }
}
