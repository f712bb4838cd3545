package io.motorwatch.benchmarks;

import io.motorwatch.source.mqtt.MqttMessage;
import java.nio.charset.StandardCharsets;

/** What motors say of themselves: every attribute the shipped patterns read. */
public final class Nameplate {

  private static final byte[] PAYLOAD =
      """
      {"ratedCurrent":10.0,"ratedSpeed":1480,"ratedVoltage":400,"tripClass":10,"maxTemperature":120}
      """
          .strip()
          .getBytes(StandardCharsets.US_ASCII);

  private Nameplate() {}

  /** The message of a device, as a broker delivers it at this time, epoch milliseconds. */
  public static MqttMessage of(String site, String device, long arrivedAt) {
    return new MqttMessage(
        "site/" + site + "/device/" + device + "/attributes", PAYLOAD, true, 1, null, arrivedAt);
  }
}
