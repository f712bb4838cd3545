package io.motorwatch.benchmarks.rivals;

/**
 * One reading of one motor, in the form that Flink (a POJO) and Esper (a bean) take without a
 * conversion of ours. Not changed once made.
 */
public class Sample {

  /** {@code site/device}. */
  public String device = "";

  /** Device time, epoch milliseconds. */
  public long at;

  /** In units of the rated current. */
  public double load;

  /** For Flink. */
  public Sample() {}

  Sample(String device, long at, double load) {
    this.device = device;
    this.at = at;
    this.load = load;
  }

  /** {@code site/device}. */
  public String getDevice() {
    return device;
  }

  /** Device time, epoch milliseconds. */
  public long getAt() {
    return at;
  }

  /** In units of the rated current. */
  public double getLoad() {
    return load;
  }
}
