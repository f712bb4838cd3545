package io.motorwatch.source.mqtt.split;

import io.motorwatch.mqtt.TopicFilters;
import java.util.List;
import org.apache.flink.api.connector.source.SourceSplit;

/**
 * One broker session. The sessions are fixed by configuration and independent of parallelism: a
 * session that nobody reads would collect messages, and one that is ended loses its unacknowledged
 * ones.
 *
 * @param index from 0 to the number of sessions, exclusive; beyond, for one to be drained
 * @param clientId the session's name at the broker
 * @param subscriptions what it subscribes to; none if it is to be drained: read until the broker
 *     has nothing left for it, then ended
 * @param formerFilters what it may be subscribed to from before, and is no longer to be
 * @param readElsewhere filters, not shared ones, of messages that come through the shared
 *     subscription too and are read by another session in their order: passed over here
 * @param established whether the broker is expected to hold the session already
 * @param progress how far the job has got with it
 */
public record MqttSessionSplit(
    int index,
    String clientId,
    List<Subscription> subscriptions,
    List<String> formerFilters,
    List<String> readElsewhere,
    boolean established,
    SessionProgress progress)
    implements SourceSplit {

  public MqttSessionSplit {
    subscriptions = List.copyOf(subscriptions);
    formerFilters = List.copyOf(formerFilters);
    readElsewhere = List.copyOf(readElsewhere);
  }

  /** A session without a past. */
  public static MqttSessionSplit fresh(
      int index, String clientId, List<Subscription> subscriptions, List<String> readElsewhere) {
    return new MqttSessionSplit(
        index, clientId, subscriptions, List.of(), readElsewhere, false, SessionProgress.none());
  }

  /** The same session as the broker has it from before. */
  public MqttSessionSplit held(boolean established, List<String> formerFilters) {
    return new MqttSessionSplit(
        index, clientId, subscriptions, formerFilters, readElsewhere, established, progress);
  }

  /** The same session after the job has got so far. */
  public MqttSessionSplit withProgress(SessionProgress now) {
    return new MqttSessionSplit(
        index, clientId, subscriptions, formerFilters, readElsewhere, established, now);
  }

  @Override
  public String splitId() {
    return clientId;
  }

  /** Whether the configuration has it no longer. */
  public boolean draining() {
    return subscriptions.isEmpty();
  }

  /** The filters of its subscriptions. */
  public List<String> filters() {
    return subscriptions.stream().map(Subscription::filter).toList();
  }

  /** Whether another session reads this topic. */
  public boolean readElsewhere(String topic) {
    for (String filter : readElsewhere) {
      if (TopicFilters.matches(filter, topic)) {
        return true;
      }
    }
    return false;
  }
}
