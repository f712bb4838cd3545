package io.motorwatch.tools.simulator;

import io.motorwatch.model.DeviceId;
import java.util.List;

/**
 * What is written on a motor.
 *
 * @param ratedCurrent A
 * @param ratedSpeed 1/min at rated load
 * @param synchronousSpeed 1/min without any load; the difference is the slip
 * @param motorType {@code pump}, {@code fan}, {@code conveyor} or {@code compressor}
 */
public record Nameplate(
    DeviceId device, double ratedCurrent, int ratedSpeed, int synchronousSpeed, String motorType) {

  private static final List<String> TYPES = List.of("pump", "fan", "conveyor", "compressor");

  /** Of 2, 4 and 6 poles at 50 Hz. */
  private static final int[] SYNCHRONOUS = {3000, 1500, 1000};

  static Nameplate of(DeviceId device, SeededRandom random) {
    int synchronous = SYNCHRONOUS[(int) random.between(0, SYNCHRONOUS.length - 1L)];
    long slip = random.between(synchronous / 100, synchronous / 40);
    return new Nameplate(
        device,
        random.between(40L, 600L) / 10.0,
        (int) (synchronous - slip),
        synchronous,
        TYPES.get((int) random.between(0, TYPES.size() - 1L)));
  }

  /** The payload of the topic {@code attributes}. */
  public String json() {
    return "{\"ratedCurrent\":"
        + ratedCurrent
        + ",\"ratedSpeed\":"
        + ratedSpeed
        + ",\"motorType\":\""
        + motorType
        + "\"}";
  }
}
