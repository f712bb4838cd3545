package io.motorwatch.source.mqtt;

import io.motorwatch.source.mqtt.split.MqttSessionSplit;
import io.motorwatch.source.mqtt.split.Subscription;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Which session subscribes to what. Retained messages do not go with shared subscriptions, so those
 * that are wanted are for session 0 alone, plainly.
 *
 * @param telemetryFilters live messages only, shared between the sessions if there are several
 * @param retainedFilters retained and live messages
 * @param mixedFilters live and retained messages for a single session; several share the live ones
 * @param retainedAmongMixed what session 0 subscribes to besides then
 */
record SubscriptionPlan(
    String clientIdPrefix,
    int count,
    List<String> telemetryFilters,
    List<String> retainedFilters,
    List<String> mixedFilters,
    List<String> retainedAmongMixed)
    implements Serializable {

  List<MqttSessionSplit> sessions() {
    List<MqttSessionSplit> splits = new ArrayList<>();
    for (int index = 0; index < count; index++) {
      splits.add(
          MqttSessionSplit.fresh(
              index,
              clientIdPrefix + '-' + index,
              subscriptions(index),
              // Read in two sessions, a device's status would arrive in no order.
              index == 0 ? List.of() : retainedAmongMixed));
    }
    return splits;
  }

  private List<Subscription> subscriptions(int index) {
    List<Subscription> all = new ArrayList<>();
    if (count == 1) {
      add(all, "", telemetryFilters, false);
      // No filter beside it that it covers: a message would come once for each.
      add(all, "", mixedFilters, true);
    } else {
      String group = "$share/" + clientIdPrefix + '/';
      add(all, group, telemetryFilters, false);
      add(all, group, mixedFilters, false);
    }
    if (index == 0) {
      add(all, "", retainedFilters, true);
      if (count > 1) {
        add(all, "", retainedAmongMixed, true);
      }
    }
    return all;
  }

  private static void add(
      List<Subscription> all, String group, List<String> filters, boolean retained) {
    filters.forEach(filter -> all.add(new Subscription(group + filter, retained)));
  }
}
