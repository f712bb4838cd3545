package io.motorwatch.benchmarks.scale;

import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;

/** What the heap of this process holds. */
final class Heap {

  private static final int MOST_COLLECTIONS = 20;
  private static final long SETTLED_BYTES = 1_000_000;
  private static final long PAUSE_MS = 250;

  private Heap() {}

  /** After collections that find nothing more: what was ended is given up some moments later. */
  static long settledBytes() throws InterruptedException {
    long used = Long.MAX_VALUE;
    for (int round = 0; round < MOST_COLLECTIONS; round++) {
      System.gc();
      long now = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
      if (used - now < SETTLED_BYTES) {
        return now;
      }
      used = now;
      TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
    }
    return used;
  }
}
