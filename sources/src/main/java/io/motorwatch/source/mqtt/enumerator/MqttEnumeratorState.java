package io.motorwatch.source.mqtt.enumerator;

import io.motorwatch.source.mqtt.split.SessionProgress;
import java.util.Map;
import java.util.Set;

/**
 * What a checkpoint remembers of the sessions; which there ought to be follows from the
 * configuration.
 *
 * @param held by client id
 * @param progress by client id, of sessions that no reader has now
 */
public record MqttEnumeratorState(
    Map<String, HeldSession> held, Map<String, SessionProgress> progress) {

  public MqttEnumeratorState {
    held = Map.copyOf(held);
    progress = Map.copyOf(progress);
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
