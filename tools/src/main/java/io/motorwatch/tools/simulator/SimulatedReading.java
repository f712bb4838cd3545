package io.motorwatch.tools.simulator;

import io.motorwatch.model.DeviceId;
import java.nio.charset.StandardCharsets;

/**
 * A reading as the fleet sends it. Values are rounded as they are sent.
 *
 * @param index the device's place in the plan, from 0
 * @param timestamp device time, epoch milliseconds
 * @param seq from 1, grows by 1 with each reading that is sent
 * @param current A, to 1 mA
 * @param speed 1/min, to 0.1
 * @param temperature of the winding, °C, to 0.01
 * @param vibration mm/s RMS, to 0.001
 */
public record SimulatedReading(
    int index,
    DeviceId device,
    long timestamp,
    long seq,
    double current,
    double speed,
    double temperature,
    double vibration) {

  static final int CURRENT_DIGITS = 3;
  static final int SPEED_DIGITS = 1;
  static final int TEMPERATURE_DIGITS = 2;
  static final int VIBRATION_DIGITS = 3;

  /** The payload of the topic {@code telemetry}. */
  public byte[] json() {
    StringBuilder json = new StringBuilder(128);
    json.append("{\"timestamp\":").append(timestamp).append(",\"seq\":").append(seq);
    Decimals.append(json.append(",\"current\":"), current, CURRENT_DIGITS);
    Decimals.append(json.append(",\"speed\":"), speed, SPEED_DIGITS);
    Decimals.append(json.append(",\"temperature\":"), temperature, TEMPERATURE_DIGITS);
    Decimals.append(json.append(",\"vibration\":"), vibration, VIBRATION_DIGITS);
    return json.append('}').toString().getBytes(StandardCharsets.ISO_8859_1);
  }
}
