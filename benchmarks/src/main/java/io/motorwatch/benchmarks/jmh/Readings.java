package io.motorwatch.benchmarks.jmh;

import io.motorwatch.model.Attributes;
import io.motorwatch.model.DeviceId;
import io.motorwatch.model.FieldLayout;
import io.motorwatch.model.Reading;
import io.motorwatch.model.TimelineReading;
import java.util.Map;

/**
 * Readings of a thousand healthy motors in turn, one a second each, of six fields and with a
 * nameplate that lets every pattern be evaluated. Endless, and never the same.
 */
final class Readings {

  private static final int DEVICES = 1_000;
  private static final long START = 1_750_000_000_000L;
  private static final FieldLayout FIELDS =
      FieldLayout.of("current", "speed", "temperature", "vibration", "voltage", "power");
  private static final Attributes NAMEPLATE =
      Attributes.ofNumbers(
          Map.of(
              "ratedCurrent", 10.0,
              "ratedSpeed", 1480.0,
              "ratedVoltage", 400.0,
              "tripClass", 10.0,
              "maxTemperature", 120.0));

  private final DeviceId[] devices = new DeviceId[DEVICES];
  private final double[][] values = new double[97][];
  private long next;

  Readings() {
    for (int i = 0; i < DEVICES; i++) {
      devices[i] = new DeviceId("plant", "motor-" + i);
    }
    for (int i = 0; i < values.length; i++) {
      double load = i / 100.0;
      values[i] = new double[] {9 + load, 1470 + load, 60 + load, 2 + load, 395 + load, 4.8 + load};
    }
  }

  Reading next() {
    long turn = next / DEVICES;
    long at = START + 1_000 * turn;
    Reading reading =
        new Reading(
            devices[(int) (next % DEVICES)],
            at,
            at + 20,
            turn,
            FIELDS,
            values[(int) (next % values.length)]);
    next++;
    return reading;
  }

  TimelineReading nextInOrder() {
    return TimelineReading.complete(next(), NAMEPLATE);
  }
}
