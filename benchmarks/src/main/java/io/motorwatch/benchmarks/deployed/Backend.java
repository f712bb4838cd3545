package io.motorwatch.benchmarks.deployed;

import java.util.Locale;

/** Where Flink keeps the state of devices. */
enum Backend {
  HASHMAP,
  ROCKSDB;

  /** Its name in Flink's configuration and in results. */
  String flinkName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
