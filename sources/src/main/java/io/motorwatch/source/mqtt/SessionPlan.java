package io.motorwatch.source.mqtt;

import io.motorwatch.source.mqtt.split.MqttSessionSplit;
import io.motorwatch.source.mqtt.split.Subscription;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Which session subscribes to what. Retained messages do not go with shared subscriptions, so
 * filters that want them are for session 0 alone, plainly.
 *
 * @param telemetryFilters live messages only, shared between the sessions if there are several
 * @param retainedFilters retained and live messages
 */
record SessionPlan(
    String clientIdPrefix, int count, List<String> telemetryFilters, List<String> retainedFilters)
    implements Serializable {

  List<MqttSessionSplit> sessions() {
    List<MqttSessionSplit> splits = new ArrayList<>();
    for (int index = 0; index < count; index++) {
      splits.add(
          new MqttSessionSplit(index, clientIdPrefix + '-' + index, subscriptions(index), false));
    }
    return splits;
  }

  private List<Subscription> subscriptions(int index) {
    List<Subscription> subscriptions = new ArrayList<>();
    for (String filter : telemetryFilters) {
      String shared = count == 1 ? filter : "$share/" + clientIdPrefix + '/' + filter;
      subscriptions.add(new Subscription(shared, false));
    }
    if (index == 0) {
      retainedFilters.forEach(filter -> subscriptions.add(new Subscription(filter, true)));
    }
    return subscriptions;
  }
}
