package io.motorwatch.benchmarks.rivals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Readings of a fleet in memory, one a second and device, all devices in turn. Each device lives
 * through stretches drawn from a seed: healthy load, load between reset and level, overloads that
 * last long enough and that do not, with dips that break nothing and gaps that do, jams of either
 * length.
 *
 * <p>Left out is what the rivals' rules cannot say without state of their own: a device that begins
 * overloaded, a rise in two steps through the band between reset and level, and a gap while an
 * alarm is open. Motorwatch's own tests hold it to those.
 */
final class LoadStream {

  private static final long START = 1_750_000_000_000L;
  private static final long SECOND = 1_000;

  private final List<Sample> samples;

  private LoadStream(List<Sample> samples) {
    this.samples = samples;
  }

  /** The same seed, the same stream. */
  static LoadStream of(int devices, int seconds, long seed) {
    double[][] loads = new double[devices][];
    String[] names = new String[devices];
    SplittableRandom random = new SplittableRandom(seed);
    for (int device = 0; device < devices; device++) {
      loads[device] = loads(seconds, random.split());
      names[device] = "plant/motor-" + device;
    }
    List<Sample> samples = new ArrayList<>();
    for (int second = 0; second < seconds; second++) {
      for (int device = 0; device < devices; device++) {
        double load = loads[device][second];
        if (!Double.isNaN(load)) {
          samples.add(new Sample(names[device], START + second * SECOND, load));
        }
      }
    }
    return new LoadStream(samples);
  }

  int size() {
    return samples.size();
  }

  Sample get(int index) {
    return samples.get(index);
  }

  /** The load in each second; NaN for none. */
  private static double[] loads(int seconds, SplittableRandom random) {
    double[] loads = new double[seconds];
    int next = 0;
    while (next < seconds) {
      next = fill(loads, next, random.nextInt(60, 300), 0.8, 1.1, random);
      switch (random.nextInt(6)) {
        case 0 -> next = fill(loads, next, random.nextInt(5, 60), 1.16, 1.19, random);
        case 1 -> next = fill(loads, next, random.nextInt(1, 30), 1.25, 1.6, random);
        case 2 -> next = overloadWithDips(loads, next, random);
        case 3 -> next = overloadWithGap(loads, next, random);
        case 4 -> next = fill(loads, next, random.nextInt(1, 8), 2.1, 6, random);
        default -> next = jamWithDip(loads, next, random);
      }
    }
    return loads;
  }

  private static int overloadWithDips(double[] loads, int from, SplittableRandom random) {
    int dip = fill(loads, from, random.nextInt(5, 20), 1.25, 1.6, random);
    int back = fill(loads, dip, random.nextInt(1, 5), 1.16, 1.19, random);
    return fill(loads, back, random.nextInt(15, 60), 1.25, 1.6, random);
  }

  /** A gap of nine missing readings is one of 10 s, which breaks nothing yet. */
  private static int overloadWithGap(double[] loads, int from, SplittableRandom random) {
    int gap = fill(loads, from, random.nextInt(2, 15), 1.25, 1.6, random);
    int back = silent(loads, gap, random.nextInt(7, 14));
    return fill(loads, back, random.nextInt(5, 60), 1.25, 1.6, random);
  }

  private static int jamWithDip(double[] loads, int from, SplittableRandom random) {
    int dip = fill(loads, from, 1, 2.1, 6, random);
    int back = fill(loads, dip, 1, 1.93, 1.99, random);
    return fill(loads, back, random.nextInt(1, 4), 2.1, 6, random);
  }

  private static int silent(double[] loads, int from, int seconds) {
    int to = Math.min(loads.length, from + seconds);
    Arrays.fill(loads, from, to, Double.NaN);
    return to;
  }

  private static int fill(
      double[] loads, int from, int seconds, double low, double high, SplittableRandom random) {
    int to = Math.min(loads.length, from + seconds);
    for (int second = from; second < to; second++) {
      loads[second] = random.nextDouble(low, high);
    }
    return to;
  }
}
