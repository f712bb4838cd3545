package io.motorwatch.benchmarks;

import io.motorwatch.source.mqtt.MqttMessage;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;

/**
 * A fleet of which each device publishes its nameplate before its first reading, with every
 * attribute the shipped patterns read: without one they would judge less than they do in a plant.
 *
 * @param devices how many the fleet has
 */
record NameplatesFirst(SyntheticFleet fleet, int devices) implements Serializable {

  private static final byte[] NAMEPLATE =
      """
      {"ratedCurrent":10.0,"ratedSpeed":1480,"ratedVoltage":400,"tripClass":10,"maxTemperature":120}
      """
          .strip()
          .getBytes(StandardCharsets.US_ASCII);

  /** How many messages bring so many readings. */
  long messages(long readings) {
    return devices + readings;
  }

  /** The message of an index, as a broker would deliver it. */
  MqttMessage message(long index) {
    return index < devices
        ? new MqttMessage(
            "site/plant/device/motor-" + index + "/attributes",
            NAMEPLATE,
            true,
            1,
            null,
            SyntheticFleet.START)
        : fleet.message(index - devices);
  }
}
