package io.motorwatch.source.mqtt.enumerator;

import java.util.Set;

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
