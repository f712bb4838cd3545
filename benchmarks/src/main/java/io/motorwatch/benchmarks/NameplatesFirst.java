package io.motorwatch.benchmarks;

import io.motorwatch.source.mqtt.MqttMessage;
import java.io.Serializable;

/**
 * A fleet of which each device publishes its nameplate before its first reading, with every
 * attribute the shipped patterns read: without one they would evaluate less than they do in a
 * plant.
 *
 * @param devices how many the fleet has
 */
record NameplatesFirst(SyntheticFleet fleet, int devices) implements Serializable {

  /** How many messages bring so many readings. */
  long messages(long readings) {
    return devices + readings;
  }

  /** The message of an index, as a broker would deliver it. */
  MqttMessage message(long index) {
    return index < devices
        ? Nameplate.of("plant", "motor-" + index, SyntheticFleet.START)
        : fleet.message(index - devices);
  }
}
