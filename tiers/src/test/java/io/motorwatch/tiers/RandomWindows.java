package io.motorwatch.tiers;

import io.motorwatch.model.DeviceId;
import io.motorwatch.model.FieldLayout;
import io.motorwatch.model.Reading;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Windows of all kinds: of devices that stay what they are for a while, and then do not. */
final class RandomWindows {

  private static final DeviceId DEVICE = new DeviceId("plant", "motor-1");
  private static final List<FieldLayout> LAYOUTS =
      List.of(
          FieldLayout.of("current", "speed", "vibration-x"),
          FieldLayout.of("speed"),
          FieldLayout.of("speed", "current"));

  private final Random random;
  private FurtherSums.Kept tracked = FurtherSums.Kept.NOTHING;
  private int layouts = 1;
  private int kind;
  private int most = 60;
  private boolean counters;

  RandomWindows(Random random) {
    this.random = random;
  }

  /** A window of at least one reading; mostly of the kind of the one before. */
  WindowStatistics next(long start, long end) {
    if (random.nextInt(12) == 0) {
      tracked = new FurtherSums.Kept(random.nextInt(4) == 0, random.nextInt(6) == 0);
      layouts = 1 + random.nextInt(3);
      kind = random.nextInt(7);
      most = random.nextInt(3) == 0 ? 1 : 70;
      counters = random.nextInt(5) == 0;
    }
    WindowStatistics window = new WindowStatistics(start, end, tracked);
    for (int n = 1 + random.nextInt(most); n > 0; n--) {
      FieldLayout layout = LAYOUTS.get(random.nextInt(layouts));
      double[] values = new double[layout.size()];
      double[] gains = new double[layout.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = value();
        gains[i] = random.nextBoolean() ? values[i] : Double.NaN;
      }
      long at = start + (long) (random.nextDouble() * (end - start));
      window.add(new Reading(DEVICE, at, at, n, layout, values), counters ? gains : null);
    }
    return window;
  }

  private double value() {
    return switch (kind) {
      case 0 -> (900 + random.nextInt(100)) / 100.0;
      case 1 -> random.nextInt(4) == 0 ? random.nextInt(9) : random.nextInt(90_000) / 1000.0;
      case 2 -> random.nextInt(2000) - 1000;
      case 3 -> random.nextGaussian();
      case 4 -> 7.25;
      case 5 -> random.nextBoolean() ? -0.0 : 0.1;
      default -> {
        double any = Double.longBitsToDouble(random.nextLong());
        yield Double.isFinite(any) ? any : Double.MIN_VALUE;
      }
    };
  }

  /** All a window holds; doubles are compared to the bit, but for one NaN and another. */
  static List<Object> content(WindowStatistics window) {
    Object[] fields = new Object[window.layout().size()];
    for (int i = 0; i < fields.length; i++) {
      var sketch = window.further().sketch(i);
      fields[i] =
          Arrays.asList(
              window.layout().name(i),
              window.count(i),
              window.sum(i),
              window.min(i),
              window.max(i),
              window.last(i),
              window.lastAt(i),
              window.further().deviations(i),
              window.further().increase(i),
              sketch == null ? null : sketch.getValueAtQuantile(0.5));
    }
    return List.of(window.start(), window.end(), Arrays.asList(fields));
  }
}
