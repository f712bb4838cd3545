package io.motorwatch.source.mqtt.enumerator;

import io.motorwatch.source.mqtt.split.EmittedMessages;
import java.util.Map;
import java.util.Set;

/**
 * What a checkpoint remembers of the sessions; which there ought to be follows from the
 * configuration.
 *
 * @param held by client id
 * @param emitted by client id, of sessions that no reader has now; not to be changed
 */
public record MqttEnumeratorState(
    Map<String, HeldSession> held, Map<String, EmittedMessages> emitted) {

  public MqttEnumeratorState {
    held = Map.copyOf(held);
    emitted = Map.copyOf(emitted);
  }

  /**
   * A session the broker may hold for us.
   *
   * @param established whether it was seen there, so that its absence is a loss
   * @param filters all it may be subscribed to
   */
  public record HeldSession(boolean established, Set<String> filters) {

    public HeldSession {
      filters = Set.copyOf(filters);
    }
  }
}
