package io.motorwatch.benchmarks;

import io.motorwatch.model.Aggregate;
import io.motorwatch.model.Attributes;
import io.motorwatch.model.Reading;
import io.motorwatch.model.TimelineEvent;
import io.motorwatch.model.TimelineReading;
import io.motorwatch.model.serialization.AggregateSerializer;
import io.motorwatch.model.serialization.TimelineEventSerializer;
import io.motorwatch.tiers.TierFunction;
import io.motorwatch.tiers.TierSettings;
import io.motorwatch.tiers.TierSettings.Tier;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * What each tier keeps of a device of six fields: its open window, and the closed ones that late
 * readings may still belong to ({@code tiers.late}). Taken from canonical savepoints, which hold
 * each entry as serialized, of jobs with the finest tier, with the two finest, and so on: the
 * difference is the tier's. Two and a half hours of device time before, so that as much is
 * forgotten as comes. {@code rocksdb} is all tiers in RocksDB's own files, which are compressed.
 */
final class TierState {

  private static final Duration DISTANCE = Duration.ofSeconds(10);
  private static final Duration DEVICE_TIME = Duration.ofMinutes(150);
  private static final Duration LIMIT = Duration.ofMinutes(20);

  private static volatile CountDownLatch filled = new CountDownLatch(0);

  private TierState() {}

  static void measure(TierSettings tiers, int devices, PrintStream out) throws Exception {
    List<Tier> all = tiers.aggregated();
    long before = 0;
    for (int count = 1; count <= all.size(); count++) {
      long bytes =
          savepointBytes(
              first(count, tiers), devices, Backend.HASHMAP, SavepointFormatType.CANONICAL);
      out.println(
          result("state-" + all.get(count - 1).name(), bytes - before, devices)
              .withText("form", "serialized"));
      before = bytes;
    }
    out.println(result("state-all", before, devices).withText("form", "serialized"));
    long files =
        savepointBytes(
            first(all.size(), tiers), devices, Backend.ROCKSDB, SavepointFormatType.NATIVE);
    out.println(result("state-all", files, devices).withText("form", "rocksdb"));
  }

  private static Result result(String variant, long bytes, int devices) {
    return new Result("tiers", variant)
        .with("bytesPerDevice", (double) bytes / devices)
        .with("devices", devices)
        .with("fields", 6);
  }

  /** Windows are written at once: what waits to be is not what is asked for. */
  private static TierSettings first(int count, TierSettings tiers) {
    return new TierSettings(
        tiers.hot(),
        List.copyOf(tiers.aggregated().subList(0, count)),
        tiers.events(),
        tiers.lateMs());
  }

  private static long savepointBytes(
      TierSettings tiers, int devices, Backend backend, SavepointFormatType format)
      throws Exception {
    CountDownLatch all = new CountDownLatch(1);
    filled = all;
    try (TemporaryFolder folder = TemporaryFolder.create()) {
      JobClient job = start(tiers, devices, backend, folder.path());
      try {
        if (!all.await(LIMIT.toMinutes(), TimeUnit.MINUTES)) {
          throw new TimeoutException("the readings of the tiers take longer than " + LIMIT);
        }
        return bytes(Path.of(URI.create(Savepoints.take(job, folder.path(), format))));
      } finally {
        job.cancel().get(1, TimeUnit.MINUTES);
      }
    }
  }

  private static JobClient start(TierSettings tiers, int devices, Backend backend, Path folder)
      throws Exception {
    Configuration settings = new Configuration();
    settings.set(PipelineOptions.OBJECT_REUSE, true);
    settings.set(PipelineOptions.GENERIC_TYPES, false);
    settings.set(StateBackendOptions.STATE_BACKEND, backend.flinkName());
    // A savepoint through the job manager's memory, the default, may have 5 MB.
    settings.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
    settings.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, folder.toUri().toString());
    StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1, settings);
    SyntheticFleet fleet = SyntheticFleet.every(DISTANCE, devices);
    long readings = devices * DEVICE_TIME.dividedBy(DISTANCE);
    env.fromSource(
            new DataGeneratorSource<>(
                index -> reading(fleet, index, readings),
                Long.MAX_VALUE,
                TimelineEventSerializer.INSTANCE.typeInfo(TimelineEvent.class)),
            WatermarkStrategy.noWatermarks(),
            "fleet")
        .keyBy(event -> event.device().path(), Types.STRING)
        .process(new TierFunction(tiers), AggregateSerializer.INSTANCE.typeInfo(Aggregate.class))
        .sinkTo(new DiscardingSink<>());
    return env.executeAsync("tier-state");
  }

  /** After all of them, the last one over and over, which makes no state larger. */
  private static TimelineEvent reading(SyntheticFleet fleet, long index, long readings)
      throws InterruptedException {
    if (index >= readings) {
      // A savepoint begun from now on has all before it.
      filled.countDown();
      TimeUnit.MILLISECONDS.sleep(1);
    }
    Reading reading = (Reading) fleet.reading(Math.min(index, readings - 1));
    return TimelineReading.complete(reading, Attributes.NONE);
  }

  private static long bytes(Path folder) throws IOException {
    long sum = 0;
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        sum += Files.size(file);
      }
    }
    return sum;
  }
}
