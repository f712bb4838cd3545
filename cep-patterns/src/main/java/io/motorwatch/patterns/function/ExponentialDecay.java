package io.motorwatch.patterns.function;

/**
 * The weight {@code e^(-t/tau)} that remains of the past after a time. Caches the last result,
 * since readings mostly arrive at one interval and the exponential is the most expensive part. For
 * one thread.
 */
final class ExponentialDecay {

  private double elapsedMs = Double.NaN;
  private double timeConstantMs = Double.NaN;
  private double weight = 1;

  double of(double elapsed, double timeConstant) {
    if (elapsed != elapsedMs || timeConstant != timeConstantMs) {
      elapsedMs = elapsed;
      timeConstantMs = timeConstant;
      weight = Math.exp(-elapsed / timeConstant);
    }
    return weight;
  }
}
