package io.motorwatch.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * What something took.
 *
 * @param seconds by the wall clock
 * @param cpuSeconds of all threads of this process together, garbage collector and compiler
 *     included
 */
public record Cost(double seconds, double cpuSeconds) {

  /** More than anything takes. */
  public static final Cost MAXIMUM = new Cost(Double.MAX_VALUE, Double.MAX_VALUE);

  /** Runs from its making until stopped. */
  public static final class Meter {

    private final long from = System.nanoTime();
    private final long cpuFrom = cpuNanos();

    private Meter() {}

    /** What it took since. */
    public Cost stop() {
      return new Cost((System.nanoTime() - from) / 1e9, (cpuNanos() - cpuFrom) / 1e9);
    }
  }

  /** Begins to measure, with a heap as clean as can be. */
  public static Meter start() {
    System.gc();
    return new Meter();
  }

  private static long cpuNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  /** The one of less processor time. */
  public Cost lower(Cost other) {
    return other.cpuSeconds < cpuSeconds ? other : this;
  }

  /** Messages a second. */
  public long perSecond(long messages) {
    return Math.round(messages / seconds);
  }

  /**
   * Processor time for a million messages, seconds; {@link Double#NaN} of so few that the processor
   * clock has not moved, which on Linux counts in steps of 10 ms.
   */
  public double cpuSecondsPerMillion(long messages) {
    return cpuSeconds > 0 ? cpuSeconds * 1e6 / messages : Double.NaN;
  }
}
