package io.motorwatch.benchmarks.scale;

import io.motorwatch.benchmarks.Backend;
import io.motorwatch.benchmarks.Benchmark;
import io.motorwatch.benchmarks.Cost;
import io.motorwatch.benchmarks.Result;
import io.motorwatch.benchmarks.ShippedConfig;
import io.motorwatch.benchmarks.SyntheticFleet;
import io.motorwatch.benchmarks.TemporaryFolder;
import io.motorwatch.jobs.config.MotorwatchConfig;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.flink.core.execution.SavepointFormatType;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The whole job without broker and database by the number of devices: processor time of a message
 * once every device is known (its making included), heap of a device, size and duration of a
 * checkpoint of everything, and the time from the start of a job to the first reading it takes
 * after it has restored that.
 *
 * <p>{@code heapBytesPerDevice} is what the heap holds more after a collection than before the job
 * was started, by devices; of few devices most of it is the job itself. RocksDB keeps state
 * elsewhere. The devices' minutes are spread, so that a reading costs the same however few turns
 * are measured. A device's state grows until it has lived for an hour ({@code tiers.late}); with
 * few devices, {@code --messages} makes them live longer than {@code --lived-minutes}. What it is
 * then, {@code all-in} says, see {@link DeviceFootprint}.
 */
@Command
public final class ScaleBenchmark implements Benchmark {

  private static final Duration LIMIT = Duration.ofHours(1);
  private static final long LEAST_BYTES = 50;
  private static final int TURNS_BEFORE = 2;

  @Option(
      names = "--heap",
      paramLabel = "N",
      split = ",",
      defaultValue = "100,1000,10000,100000",
      description = "Devices with state on the heap, by comma; default ${DEFAULT-VALUE}.")
  List<Integer> heap = List.of();

  @Option(
      names = "--rocksdb",
      paramLabel = "N",
      split = ",",
      defaultValue = "100000,1000000",
      description = "Devices with state in RocksDB, by comma; default ${DEFAULT-VALUE}.")
  List<Integer> rocksDb = List.of();

  @Option(
      names = "--messages",
      paramLabel = "N",
      defaultValue = "1000000",
      description =
          "Messages measured, at least one of each device; with RocksDB half of them; default"
              + " ${DEFAULT-VALUE}.")
  long messages;

  @Option(
      names = "--managed-megabytes",
      paramLabel = "N",
      defaultValue = "512",
      description = "Memory for RocksDB's caches and buffers; default ${DEFAULT-VALUE}.")
  int managedMegabytes;

  @Option(
      names = "--lived-minutes",
      paramLabel = "N",
      defaultValue = "5",
      description =
          "Device time each device has behind it before, of which the tiers keep the last hour;"
              + " default ${DEFAULT-VALUE}.")
  int livedMinutes;

  @Option(
      names = "--all-in",
      paramLabel = "N",
      defaultValue = "10000",
      description = "Devices whose whole state is measured, 0 for none; default ${DEFAULT-VALUE}.")
  int allIn;

  @Override
  public void run(PrintStream out) throws Exception {
    MotorwatchConfig config = ShippedConfig.load();
    for (int devices : heap) {
      out.println(measure(config, Backend.HASHMAP, devices, messages));
    }
    for (int devices : rocksDb) {
      out.println(measure(config, Backend.ROCKSDB, devices, messages / 2));
    }
    if (allIn > 0) {
      out.println(new DeviceFootprint(config, managedMegabytes).measure(allIn));
    }
  }

  private Result measure(MotorwatchConfig config, Backend backend, int devices, long wanted)
      throws Exception {
    long measured = Math.max(devices, wanted);
    // A job of few devices has to be warm as well.
    long from = Math.max((long) (livedMinutes + TURNS_BEFORE) * devices, wanted / 2);
    SyntheticFleet fleet = SyntheticFleet.spread(devices, livedMinutes);
    try (TemporaryFolder folder = TemporaryFolder.create()) {
      long heapBefore = Heap.settledBytes();
      Result result =
          new Result("scale", backend.flinkName())
              .with("devices", devices)
              .with("livedMinutes", livedMinutes);
      Path savepoint;
      Progress progress = Progress.begin(from, from + measured);
      try (ScaledJob job =
          ScaledJob.start(config, fleet, backend, managedMegabytes, folder.path(), null)) {
        Cost cost = progress.awaitCost(LIMIT);
        progress.awaitArrived(from + measured, LIMIT);
        long heapBytes = Heap.settledBytes() - heapBefore;
        long began = System.nanoTime();
        savepoint = job.savepoint(folder.path().resolve("savepoint"), SavepointFormatType.NATIVE);
        long bytes = ScaledJob.bytes(savepoint);
        if (bytes < LEAST_BYTES * devices) {
          throw new IllegalStateException(
              "the job has forgotten its devices: %d bytes of state for %d of them"
                  .formatted(bytes, devices));
        }
        if (backend == Backend.HASHMAP) {
          result.with("heapBytesPerDevice", (double) heapBytes / devices);
        }
        result
            .with("msgPerSecond", cost.perSecond(measured))
            .with("cpuSecondsPerMillion", cost.cpuSecondsPerMillion(measured))
            .with("checkpointMs", (System.nanoTime() - began) / 1e6)
            .with("checkpointBytes", bytes)
            .with("checkpointBytesPerDevice", (double) bytes / devices);
      }
      Progress again = Progress.begin(0, 0);
      long began = System.nanoTime();
      try (ScaledJob job =
          ScaledJob.start(config, fleet, backend, managedMegabytes, folder.path(), savepoint)) {
        again.awaitArrived(1, LIMIT);
        return result
            .with("restoreMs", (System.nanoTime() - began) / 1e6)
            .with("messages", measured);
      }
    }
  }
}
