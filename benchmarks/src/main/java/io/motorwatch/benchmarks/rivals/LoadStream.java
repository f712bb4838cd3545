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
    SplittableRandom dice = new SplittableRandom(seed);
    for (int device = 0; device < devices; device++) {
      loads[device] = loads(seconds, dice.split());
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
  private static double[] loads(int seconds, SplittableRandom dice) {
    double[] loads = new double[seconds];
    int next = 0;
    while (next < seconds) {
      next = fill(loads, next, dice.nextInt(60, 300), 0.8, 1.1, dice);
      switch (dice.nextInt(6)) {
        case 0 -> next = fill(loads, next, dice.nextInt(5, 60), 1.16, 1.19, dice);
        case 1 -> next = fill(loads, next, dice.nextInt(1, 30), 1.25, 1.6, dice);
        case 2 -> next = overloadWithDips(loads, next, dice);
        case 3 -> next = overloadWithGap(loads, next, dice);
        case 4 -> next = fill(loads, next, dice.nextInt(1, 8), 2.1, 6, dice);
        default -> next = jamWithDip(loads, next, dice);
      }
    }
    return loads;
  }

  private static int overloadWithDips(double[] loads, int from, SplittableRandom dice) {
    int dip = fill(loads, from, dice.nextInt(5, 20), 1.25, 1.6, dice);
    int back = fill(loads, dip, dice.nextInt(1, 5), 1.16, 1.19, dice);
    return fill(loads, back, dice.nextInt(15, 60), 1.25, 1.6, dice);
  }

  /** A gap of nine missing readings is one of 10 s, which breaks nothing yet. */
  private static int overloadWithGap(double[] loads, int from, SplittableRandom dice) {
    int gap = fill(loads, from, dice.nextInt(2, 15), 1.25, 1.6, dice);
    int back = silent(loads, gap, dice.nextInt(7, 14));
    return fill(loads, back, dice.nextInt(5, 60), 1.25, 1.6, dice);
  }

  private static int jamWithDip(double[] loads, int from, SplittableRandom dice) {
    int dip = fill(loads, from, 1, 2.1, 6, dice);
    int back = fill(loads, dip, 1, 1.93, 1.99, dice);
    return fill(loads, back, dice.nextInt(1, 4), 2.1, 6, dice);
  }

  private static int silent(double[] loads, int from, int seconds) {
    int to = Math.min(loads.length, from + seconds);
    Arrays.fill(loads, from, to, Double.NaN);
    return to;
  }

  private static int fill(
      double[] loads, int from, int seconds, double low, double high, SplittableRandom dice) {
    int to = Math.min(loads.length, from + seconds);
    for (int second = from; second < to; second++) {
      loads[second] = dice.nextDouble(low, high);
    }
    return to;
  }
}
