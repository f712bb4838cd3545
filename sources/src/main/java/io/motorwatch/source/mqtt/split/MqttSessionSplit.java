package io.motorwatch.source.mqtt.split;

import java.util.List;
import org.apache.flink.api.connector.source.SourceSplit;

/**
 * One broker session. The sessions are fixed by configuration and independent of parallelism: a
 * session that nobody reads would collect messages, and one that is ended loses its unacknowledged
 * ones.
 *
 * @param index from 0 to the number of sessions, exclusive
 * @param clientId the session's name at the broker
 * @param established whether the broker is expected to hold the session already
 */
public record MqttSessionSplit(
    int index, String clientId, List<Subscription> subscriptions, boolean established)
    implements SourceSplit {

  public MqttSessionSplit {
    subscriptions = List.copyOf(subscriptions);
  }

  @Override
  public String splitId() {
    return clientId;
  }
}
