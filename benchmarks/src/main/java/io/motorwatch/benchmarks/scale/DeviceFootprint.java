package io.motorwatch.benchmarks.scale;

import io.motorwatch.benchmarks.Backend;
import io.motorwatch.benchmarks.Result;
import io.motorwatch.benchmarks.SyntheticFleet;
import io.motorwatch.benchmarks.TemporaryFolder;
import io.motorwatch.jobs.config.MotorwatchConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.flink.core.execution.SavepointFormatType;
import org.jspecify.annotations.Nullable;

/**
 * All that the whole job keeps of a device of six fields (timeline, patterns, tiers, timers, and
 * what the decoder remembers), once it has lived so long that as much is forgotten as comes. Three
 * measures of it: the heap, a canonical savepoint, which holds each entry as serialized, and
 * RocksDB's files after they were made from that, so that each entry is in them once.
 *
 * <p>What the job takes with no devices at all is not counted: it is the difference of a fleet and
 * of a tenth of it, divided by the devices between.
 */
final class DeviceFootprint {

  private static final Duration LIMIT = Duration.ofMinutes(30);

  /**
   * More than the hour that is kept. Minutes are forgotten a few at a time, so how long a device
   * has lived matters by a hundred bytes: lives a few minutes apart stand for all.
   */
  private static final List<Duration> LIVES =
      Stream.of(105, 113, 121).map(Duration::ofMinutes).toList();

  private static final Duration DISTANCE = Duration.ofSeconds(10);
  private static final int SHARE = 10;

  private final MotorwatchConfig config;
  private final int managedMegabytes;

  /**
   * @param managedMegabytes what RocksDB may use for its caches and buffers
   */
  DeviceFootprint(MotorwatchConfig config, int managedMegabytes) {
    this.config = config;
    this.managedMegabytes = managedMegabytes;
  }

  /** Bytes of whole jobs. */
  private record Kept(long heap, long serialized, long rocksDb) {

    static final Kept NOTHING = new Kept(0, 0, 0);

    Kept and(Kept other) {
      return new Kept(heap + other.heap, serialized + other.serialized, rocksDb + other.rocksDb);
    }
  }

  /**
   * Measures it.
   *
   * @param devices at least ten
   */
  Result measure(int devices) throws Exception {
    int few = devices / SHARE;
    // The first job leaves behind what any job does: its classes, its caches.
    kept(few, LIVES.get(0));
    Kept more = Kept.NOTHING;
    Kept less = Kept.NOTHING;
    for (Duration lived : LIVES) {
      less = less.and(kept(few, lived));
      more = more.and(kept(devices, lived));
    }
    double between = (double) LIVES.size() * (devices - few);
    return new Result("scale", "all-in")
        .with("devices", devices)
        .with("fields", 6)
        .with("livedMinutes", LIVES.get(0).toMinutes())
        .with("livedMinutesAtMost", LIVES.get(LIVES.size() - 1).toMinutes())
        .with("heapBytesPerDevice", (more.heap - less.heap) / between)
        .with("serializedBytesPerDevice", (more.serialized - less.serialized) / between)
        .with("rocksDbBytesPerDevice", (more.rocksDb - less.rocksDb) / between);
  }

  private Kept kept(int devices, Duration lived) throws Exception {
    SyntheticFleet fleet = SyntheticFleet.every(DISTANCE, devices);
    long readings = devices * lived.dividedBy(DISTANCE);
    try (TemporaryFolder folder = TemporaryFolder.create()) {
      long heapBefore = Heap.settledBytes();
      Progress progress = Progress.begin(readings, readings);
      long heap;
      Path canonical;
      try (ScaledJob job = start(fleet, Backend.HASHMAP, folder, null)) {
        progress.awaitArrived(readings, LIMIT);
        // Devices live faster here than windows are written; none waits to be written then.
        TimeUnit.MILLISECONDS.sleep(config.tiers().spreadMs() + 1_000);
        heap = Heap.settledBytes() - heapBefore;
        canonical =
            job.savepoint(folder.path().resolve("canonical"), SavepointFormatType.CANONICAL);
      }
      Progress again = Progress.begin(0, 0);
      try (ScaledJob job = start(fleet, Backend.ROCKSDB, folder, canonical)) {
        again.awaitArrived(1, LIMIT);
        Path files = job.savepoint(folder.path().resolve("native"), SavepointFormatType.NATIVE);
        return new Kept(heap, ScaledJob.bytes(canonical), ScaledJob.bytes(files));
      }
    }
  }

  private ScaledJob start(
      SyntheticFleet fleet, Backend backend, TemporaryFolder folder, @Nullable Path from)
      throws Exception {
    return ScaledJob.start(config, fleet, backend, managedMegabytes, folder.path(), from);
  }
}
