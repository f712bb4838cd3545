package io.motorwatch.benchmarks;

import java.util.Locale;

/** Where Flink keeps the state of devices. */
public enum Backend {
  HASHMAP,
  ROCKSDB;

  /** Its name in Flink's configuration and in results. */
  public String flinkName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
