package io.motorwatch.benchmarks;

import io.motorwatch.sink.influx.PointWriter;

/** Points of a hundred devices, the same for the sink as for the bare loop. */
final class SinkPoints {

  private static final int DEVICES = 100;
  private static final long START_MS = 1_750_000_000_000L;

  private SinkPoints() {}

  /** As the sink's serializers write. */
  static void point(long number, PointWriter out) {
    out.begin("hot", "telemetry")
        .tag("site", "plant")
        .tag("device", device(number))
        .field("current", current(number))
        .field("speed", speed(number))
        .time(at(number));
  }

  /** As a line without its break. */
  static String line(long number) {
    return "telemetry,site=plant,device="
        + device(number)
        + " current="
        + current(number)
        + ",speed="
        + speed(number)
        + ' '
        + at(number);
  }

  private static String device(long number) {
    return "motor-" + number % DEVICES;
  }

  private static double current(long number) {
    return 9 + number % 97 / 100.0;
  }

  private static double speed(long number) {
    return 1470 + number % 31 / 10.0;
  }

  private static long at(long number) {
    return START_MS + number / DEVICES;
  }
}
