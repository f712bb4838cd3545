package io.motorwatch.tiers;

import java.io.IOException;

/**
 * Codes one field's statistics in windows that follow one another. In short decimals: the sum as
 * its difference from what the mean so far makes of the count, and minimum, maximum and last value
 * by their distance from the window's mean, which is about the same in each window. What rounding
 * has put between a decimal and the double is written by itself: sums have it, and values a device
 * has calculated. Values that are near no short decimal are written as they are. For one thread.
 */
final class FieldCodec {

  /** In place of a number of digits: values as they are. */
  private static final int RAW = 7;

  /** Neighbouring doubles a value may be away from its decimal. */
  private static final long MOST_ROUNDING = 8;

  /** A value weighs so much at least in what is expected of the next one. */
  private static final double LEAST_WEIGHT = 1 / 8.0;

  /** Means drift. */
  private static final double LEAST_WEIGHT_OF_MEAN = 1 / 3.0;

  private final AdaptiveRiceCodec sumCode = new AdaptiveRiceCodec();
  private final AdaptiveRiceCodec roundingCode = new AdaptiveRiceCodec();
  private final AdaptiveRiceCodec valueRoundingCode = new AdaptiveRiceCodec();
  private final AdaptiveRiceCodec minCode = new AdaptiveRiceCodec();
  private final AdaptiveRiceCodec maxCode = new AdaptiveRiceCodec();
  private final AdaptiveRiceCodec lastCode = new AdaptiveRiceCodec();

  /** Windows before that were written as decimals. */
  private int windows;

  /** Those among them of more than one reading. */
  private int spreads;

  private int knownDigits;

  /** Whether values were decimals to the bit so far. */
  private boolean knownExact;

  private double expectedMean;
  private double expectedBelow;
  private double expectedOver;

  /** The window at hand. */
  private int digits;

  private boolean exact;
  private long sum;
  private long min;
  private long max;
  private long last;
  private long sumRounding;
  private long minRounding;
  private long maxRounding;
  private long lastRounding;
  private double rawSum;
  private double rawMin;
  private double rawMax;
  private double rawLast;

  void clear() {
    windows = 0;
    spreads = 0;
    knownDigits = 0;
    knownExact = true;
  }

  /** Takes a window's slot to hand, and says whether its form is that of the windows before. */
  boolean take(WindowStatistics window, int slot) {
    rawSum = window.sum(slot);
    rawMin = window.min(slot);
    rawMax = window.max(slot);
    rawLast = window.last(slot);
    digits = knownDigits;
    while (digits <= Decimals.MOST_DIGITS && !nearDecimals()) {
      digits++;
    }
    boolean alike = window.count(slot) != 1 || (isSum(rawMin) && isSum(rawMax) && isSum(rawLast));
    if (digits > Decimals.MOST_DIGITS || !Decimals.hasNear(rawSum, digits) || !alike) {
      digits = RAW;
      return false;
    }
    sum = Decimals.mantissa(rawSum, digits);
    min = Decimals.mantissa(rawMin, digits);
    max = Decimals.mantissa(rawMax, digits);
    last = Decimals.mantissa(rawLast, digits);
    sumRounding = Decimals.rounding(rawSum, sum, digits);
    minRounding = Decimals.rounding(rawMin, min, digits);
    maxRounding = Decimals.rounding(rawMax, max, digits);
    lastRounding = Decimals.rounding(rawLast, last, digits);
    exact = knownExact && minRounding == 0 && maxRounding == 0 && lastRounding == 0;
    return digits == knownDigits && exact == knownExact;
  }

  private boolean nearDecimals() {
    return nearDecimal(rawMin) && nearDecimal(rawMax) && nearDecimal(rawLast);
  }

  private boolean nearDecimal(double value) {
    return Decimals.hasNear(value, digits)
        && Math.abs(Decimals.rounding(value, Decimals.mantissa(value, digits), digits))
            <= MOST_ROUNDING;
  }

  private boolean isSum(double value) {
    return Double.doubleToRawLongBits(value) == Double.doubleToRawLongBits(rawSum);
  }

  /** Says of the window at hand how it is written. */
  void writeForm(BitWriter out) {
    out.write(digits, 3);
    out.write(exact);
  }

  void readForm(BitReader in) throws IOException {
    digits = (int) in.read(3);
    exact = in.readBoolean();
    if (digits < knownDigits) {
      throw new IOException("packed windows lose decimal places: the data is corrupt");
    }
  }

  /** The window at hand has the form of those before. */
  void sameForm() {
    digits = knownDigits;
    exact = knownExact;
  }

  /** Writes the window at hand. */
  void write(long count, BitWriter out) {
    if (digits == RAW) {
      out.writeDouble(rawSum);
      out.writeDouble(rawMin);
      out.writeDouble(rawMax);
      out.writeDouble(rawLast);
      return;
    }
    followForm();
    if (windows == 0) {
      out.writeNumber(sum);
    } else {
      sumCode.write(sum - expectedSum(count), out);
    }
    double exactMean = (double) sum / count;
    if (count > 1) {
      long mean = (long) Math.rint(exactMean);
      if (spreads == 0) {
        out.writeNumber(mean - min);
        expectSpread(mean - min, count);
      } else {
        minCode.write(mean - min - (long) Math.rint(expectedBelow), out);
      }
      maxCode.write(max - mean - (long) Math.rint(expectedOver), out);
      lastCode.write(last - mean, out);
      roundingCode.write(sumRounding, out);
    }
    if (!exact) {
      valueRoundingCode.write(minRounding, out);
      if (count > 1) {
        valueRoundingCode.write(maxRounding, out);
        valueRoundingCode.write(lastRounding, out);
      }
    }
    learn(count, exactMean);
  }

  /** Reads a window, to be at hand. */
  void read(long count, BitReader in) throws IOException {
    if (digits == RAW) {
      rawSum = in.readDouble();
      rawMin = in.readDouble();
      rawMax = in.readDouble();
      rawLast = in.readDouble();
      return;
    }
    followForm();
    sum = windows == 0 ? in.readNumber() : sumCode.read(in) + expectedSum(count);
    double exactMean = (double) sum / count;
    if (count == 1) {
      min = sum;
      max = sum;
      last = sum;
    } else {
      long mean = (long) Math.rint(exactMean);
      if (spreads == 0) {
        min = mean - in.readNumber();
        expectSpread(mean - min, count);
      } else {
        min = mean - minCode.read(in) - (long) Math.rint(expectedBelow);
      }
      max = maxCode.read(in) + mean + (long) Math.rint(expectedOver);
      last = lastCode.read(in) + mean;
      sumRounding = roundingCode.read(in);
    }
    minRounding = exact ? 0 : valueRoundingCode.read(in);
    maxRounding = exact || count == 1 ? minRounding : valueRoundingCode.read(in);
    lastRounding = exact || count == 1 ? minRounding : valueRoundingCode.read(in);
    if (count == 1) {
      sumRounding = minRounding;
    }
    learn(count, exactMean);
  }

  /** Gives the window at hand to a slot of a window. */
  void give(WindowStatistics window, int slot, long count, long lastAt) {
    if (digits == RAW) {
      window.set(slot, count, lastAt, rawSum, rawMin, rawMax, rawLast);
    } else {
      window.set(
          slot,
          count,
          lastAt,
          Decimals.value(sum, sumRounding, digits),
          Decimals.value(min, minRounding, digits),
          Decimals.value(max, maxRounding, digits),
          Decimals.value(last, lastRounding, digits));
    }
  }

  private void followForm() {
    if (exact != knownExact) {
      valueRoundingCode.expect(1);
      knownExact = exact;
    }
    if (digits == knownDigits) {
      return;
    }
    double times = Decimals.power(digits - knownDigits);
    expectedMean *= times;
    expectedBelow *= times;
    expectedOver *= times;
    sumCode.scale(times);
    minCode.scale(times);
    maxCode.scale(times);
    lastCode.scale(times);
    knownDigits = digits;
  }

  private long expectedSum(long count) {
    return (long) Math.rint(expectedMean * (double) count);
  }

  /** Guesses from the first distance of a minimum what is to come. */
  private void expectSpread(long below, long count) {
    expectedBelow = (double) below;
    expectedOver = (double) below;
    long size = Math.abs(below);
    sumCode.expect((long) (size * Math.sqrt((double) count) / 2));
    minCode.expect(size / 4);
    maxCode.expect(size / 4);
    lastCode.expect(size / 2);
    roundingCode.expect(1);
  }

  private void learn(long count, double mean) {
    if (windows == 0) {
      expectedMean = mean;
      if (count == 1) {
        sumCode.expect(Math.abs(sum) >> 5);
      }
    }
    windows++;
    expectedMean += (mean - expectedMean) * weight(windows, LEAST_WEIGHT_OF_MEAN);
    if (count > 1) {
      spreads++;
      double weight = weight(spreads, LEAST_WEIGHT);
      expectedBelow += (mean - min - expectedBelow) * weight;
      expectedOver += (max - mean - expectedOver) * weight;
    }
  }

  private static double weight(int seen, double least) {
    return Math.max(1.0 / seen, least);
  }
}
