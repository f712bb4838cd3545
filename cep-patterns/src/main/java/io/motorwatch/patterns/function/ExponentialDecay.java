package io.motorwatch.patterns.function;

/**
 * The weight {@code e^(-t/tau)} that is left of the past after a time. Remembers the last, since
 * readings mostly come in one interval and the exponential would be the dearest part. For one
 * thread.
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
