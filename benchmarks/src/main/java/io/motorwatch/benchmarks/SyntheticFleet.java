package io.motorwatch.benchmarks;

import io.motorwatch.model.DeviceEvent;
import io.motorwatch.model.DeviceId;
import io.motorwatch.model.FieldLayout;
import io.motorwatch.model.Reading;
import io.motorwatch.source.mqtt.MqttMessage;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Healthy devices in turn, each a reading a second, or what is asked for, by its own clock: the
 * same index, the same reading. Cheap to make, so that what is measured is what comes behind.
 */
public final class SyntheticFleet implements Serializable {

  private static final long serialVersionUID = 1L;

  static final long START = 1_750_000_000_000L;
  private static final long SECOND_MS = 1_000;
  private static final long MINUTE_MS = 60_000;
  private static final long ON_THE_WAY_MS = 20;
  private static final FieldLayout FIELDS =
      FieldLayout.of("current", "speed", "temperature", "vibration", "voltage", "power");

  private final int devices;
  private final boolean numbered;
  private final long everyMs;
  private final long spreadMs;
  private final int firstMinutes;

  private SyntheticFleet(
      int devices, boolean numbered, long everyMs, long spreadMs, int firstMinutes) {
    this.devices = devices;
    this.firstMinutes = firstMinutes;
    this.everyMs = everyMs;
    this.numbered = numbered;
    this.spreadMs = spreadMs;
  }

  /**
   * Devices whose clocks agree: all of them close a minute in the same turn.
   *
   * @param numbered whether readings have sequence numbers
   */
  SyntheticFleet(int devices, boolean numbered) {
    this(devices, numbered, SECOND_MS, 0, 0);
  }

  /**
   * Devices with sequence numbers whose clocks are spread over a minute: in each turn one in sixty
   * closes one, so that a reading costs the same on average however few turns there are.
   */
  public static SyntheticFleet spread(int devices) {
    return spread(devices, 0);
  }

  /**
   * As {@link #spread(int)}, with so many readings of each device a minute apart before: cheap to
   * get through, and each leaves a closed minute behind.
   */
  public static SyntheticFleet spread(int devices, int firstMinutes) {
    return new SyntheticFleet(devices, true, SECOND_MS, MINUTE_MS, firstMinutes);
  }

  /** Devices with sequence numbers that report at another distance than a second. */
  public static SyntheticFleet every(Duration distance, int devices) {
    return new SyntheticFleet(devices, true, distance.toMillis(), 0, 0);
  }

  private long at(long index) {
    long turn = index / devices;
    return START
        + MINUTE_MS * Math.min(turn, firstMinutes)
        + everyMs * Math.max(0, turn - firstMinutes)
        + spreadMs * (index % devices) / devices;
  }

  private static String name(long device) {
    return "motor-" + device;
  }

  private static double current(long index) {
    return 9 + (index % 97) / 100.0;
  }

  private static double speed(long index) {
    return 1470 + (index % 31) / 10.0;
  }

  private static double temperature(long index) {
    return 60 + (index % 53) / 10.0;
  }

  private static double vibration(long index) {
    return 2 + (index % 83) / 1000.0;
  }

  private static double voltage(long index) {
    return 395 + (index % 61) / 10.0;
  }

  private static double power(long index) {
    return 4.8 + (index % 71) / 100.0;
  }

  /** The message of an index, as a broker would deliver it. */
  public MqttMessage message(long index) {
    long turn = index / devices;
    long at = at(index);
    StringBuilder json = new StringBuilder(160);
    json.append("{\"timestamp\":").append(at);
    if (numbered) {
      json.append(",\"seq\":").append(turn);
    }
    json.append(",\"current\":").append(current(index));
    json.append(",\"speed\":").append(speed(index));
    json.append(",\"temperature\":").append(temperature(index));
    json.append(",\"vibration\":").append(vibration(index));
    json.append(",\"voltage\":").append(voltage(index));
    json.append(",\"power\":").append(power(index)).append('}');
    return new MqttMessage(
        "site/plant/device/" + name(index % devices) + "/telemetry",
        json.toString().getBytes(StandardCharsets.ISO_8859_1),
        false,
        1,
        null,
        at + ON_THE_WAY_MS);
  }

  /** The reading of an index, decoded. */
  DeviceEvent reading(long index) {
    long turn = index / devices;
    long at = at(index);
    double[] values = {
      current(index),
      speed(index),
      temperature(index),
      vibration(index),
      voltage(index),
      power(index)
    };
    return new Reading(
        new DeviceId("plant", name(index % devices)),
        at,
        at + ON_THE_WAY_MS,
        numbered ? turn : Reading.NO_SEQ,
        FIELDS,
        values);
  }
}
