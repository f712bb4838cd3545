package io.motorwatch.tiers;

import com.datadoghq.sketch.ddsketch.DDSketch;
import io.motorwatch.tiers.TierSettings.Tier;
import java.io.IOException;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * What a window keeps per slot beside the usual sums, where it does. Deviations and sketches are
 * kept from a window's beginning or not at all: of a part of the readings they would be wrong.
 * Mutable; belongs to one window.
 */
final class FurtherSums {

  /** Which of them a tier keeps: also what only a coarser one writes, as that is made of it. */
  record Kept(boolean deviations, boolean sketches) implements Serializable {

    static final Kept NOTHING = new Kept(false, false);

    /** For tiers listed finest first, that of the tier with this place. */
    static Kept by(List<Tier> tiers, int place) {
      List<Tier> made = tiers.subList(place, tiers.size());
      return new Kept(
          made.stream().anyMatch(tier -> tier.further().stddev()),
          made.stream().anyMatch(tier -> !tier.further().quantiles().isEmpty()));
    }
  }

  /** Sum of squared deviations from the mean; null: not kept. */
  private double @Nullable [] deviations;

  private DDSketch @Nullable [] sketches;

  /** Gain of a counter, NaN for what is none; null: no field is a counter. */
  private double @Nullable [] increases;

  FurtherSums(Kept kept) {
    deviations = kept.deviations() ? new double[0] : null;
    sketches = kept.sketches() ? new DDSketch[0] : null;
  }

  void resize(int size) {
    if (deviations != null) {
      deviations = Arrays.copyOf(deviations, size);
    }
    if (sketches != null) {
      int before = sketches.length;
      sketches = Arrays.copyOf(sketches, size);
      for (int i = before; i < size; i++) {
        sketches[i] = QuantileSketches.empty();
      }
    }
    if (increases != null) {
      int before = increases.length;
      increases = Arrays.copyOf(increases, size);
      Arrays.fill(increases, before, size, Double.NaN);
    }
  }

  /**
   * Takes in a value. By Welford (Technometrics 4, 1962), with the means from the sums at hand.
   *
   * @param meanBefore of the values so far, anything where there is none
   * @param mean with this one
   */
  void add(int slot, double value, double meanBefore, double mean) {
    if (deviations != null) {
      deviations[slot] += (value - meanBefore) * (value - mean);
    }
    if (sketches != null) {
      QuantileSketches.add(sketches[slot], value);
    }
  }

  /**
   * Adds to a counter's gain.
   *
   * @param size number of slots of the window
   */
  void increase(int slot, double by, int size) {
    if (increases == null) {
      increases = new double[size];
      Arrays.fill(increases, Double.NaN);
    }
    increases[slot] = Double.isNaN(increases[slot]) ? by : increases[slot] + by;
  }

  /**
   * Takes in another window's slot. Deviations by Chan, Golub and LeVeque (1979).
   *
   * @param between square of the difference of both means, times both counts, by their sum
   */
  void merge(int slot, FurtherSums part, int theirs, double between, int size) {
    if (deviations != null && part.deviations != null) {
      deviations[slot] += part.deviations[theirs] + between;
    }
    if (sketches != null && part.sketches != null) {
      sketches[slot].mergeWith(part.sketches[theirs]);
    }
    if (part.increases != null && !Double.isNaN(part.increases[theirs])) {
      increase(slot, part.increases[theirs], size);
    }
  }

  /** Gives up what a part that is to be merged does not have. */
  void keepOnlyWhat(FurtherSums part) {
    deviations = part.deviations == null ? null : deviations;
    sketches = part.sketches == null ? null : sketches;
  }

  /** Sum of squared deviations from the mean, or NaN. */
  double deviations(int slot) {
    return deviations == null ? Double.NaN : deviations[slot];
  }

  /** Null where none are kept. */
  @Nullable DDSketch sketch(int slot) {
    return sketches == null ? null : sketches[slot];
  }

  /** Gain of a counter, or NaN. */
  double increase(int slot) {
    return increases == null ? Double.NaN : increases[slot];
  }

  boolean isNothing() {
    return deviations == null && sketches == null && increases == null;
  }

  FurtherSums copy() {
    FurtherSums copy = new FurtherSums(Kept.NOTHING);
    copy.deviations = deviations == null ? null : deviations.clone();
    copy.increases = increases == null ? null : increases.clone();
    if (sketches != null) {
      copy.sketches = new DDSketch[sketches.length];
      for (int i = 0; i < sketches.length; i++) {
        copy.sketches[i] = sketches[i].copy();
      }
    }
    return copy;
  }

  void write(DataOutputView out) throws IOException {
    writeNumbers(deviations, out);
    writeNumbers(increases, out);
    out.writeBoolean(sketches != null);
    if (sketches != null) {
      for (DDSketch sketch : sketches) {
        QuantileSketches.write(sketch, out);
      }
    }
  }

  static FurtherSums read(int size, DataInputView in) throws IOException {
    FurtherSums read = new FurtherSums(Kept.NOTHING);
    read.deviations = readNumbers(size, in);
    read.increases = readNumbers(size, in);
    if (in.readBoolean()) {
      read.sketches = new DDSketch[size];
      for (int i = 0; i < size; i++) {
        read.sketches[i] = QuantileSketches.read(in);
      }
    }
    return read;
  }

  private static void writeNumbers(double @Nullable [] numbers, DataOutputView out)
      throws IOException {
    out.writeBoolean(numbers != null);
    if (numbers != null) {
      for (double number : numbers) {
        out.writeDouble(number);
      }
    }
  }

  private static double @Nullable [] readNumbers(int size, DataInputView in) throws IOException {
    if (!in.readBoolean()) {
      return null;
    }
    double[] numbers = new double[size];
    for (int i = 0; i < size; i++) {
      numbers[i] = in.readDouble();
    }
    return numbers;
  }
}
