package io.motorwatch.benchmarks;

import io.motorwatch.model.DeviceEvent;
import io.motorwatch.model.TimelineEvent;
import io.motorwatch.model.serialization.DeviceEventSerializer;
import io.motorwatch.model.serialization.TimelineEventSerializer;
import io.motorwatch.timeline.TimelineFunction;
import io.motorwatch.timeline.TimelineSettings;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.FilterFunction;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What the timeline keeps of a device with six fields, in RocksDB: the files of a native savepoint,
 * which are RocksDB's own, and a canonical one, which holds every entry as serialized. Timers are
 * in both.
 */
@Command
final class StateSizeBenchmark implements Benchmark {

  private static final int READINGS_EACH = 40;
  private static final Duration DEADLINE = Duration.ofMinutes(8);
  private static final LongAdder PASSED = new LongAdder();

  @Option(
      names = "--devices",
      paramLabel = "N",
      defaultValue = "100000",
      description = "Devices; default ${DEFAULT-VALUE}.")
  int devices;

  @Override
  public void run(PrintStream out) throws Exception {
    for (String variant : new String[] {"with-seq", "without-seq"}) {
      measure(variant, new SyntheticFleet(devices, variant.equals("with-seq")), out);
    }
  }

  private void measure(String variant, SyntheticFleet fleet, PrintStream out) throws Exception {
    PASSED.reset();
    try (TemporaryFolder temporary = TemporaryFolder.create()) {
      Path folder = temporary.path();
      Path canonical = Path.of(URI.create(readAll(fleet, folder)));
      long rocks = sizeOf(Path.of(URI.create(restored(fleet, folder, canonical))));
      out.println(
          new Result("state-size", variant)
              .with("bytesPerDevice", (double) rocks / devices)
              .with("serializedBytesPerDevice", (double) sizeOf(canonical) / devices)
              .with("devices", devices)
              .with("fields", 6)
              .withText("backend", "rocksdb"));
    }
  }

  private String readAll(SyntheticFleet fleet, Path folder) throws Exception {
    JobClient job = start(fleet, folder, null);
    try {
      awaitReadings();
      return savepoint(job, folder.resolve("canonical"), SavepointFormatType.CANONICAL);
    } finally {
      job.cancel().get(1, TimeUnit.MINUTES);
    }
  }

  /** RocksDB keeps older values of a key until it compacts: after a restore it has each once. */
  private String restored(SyntheticFleet fleet, Path folder, Path canonical) throws Exception {
    JobClient job = start(fleet, folder, canonical);
    try {
      long until = System.nanoTime() + DEADLINE.toNanos();
      while (true) {
        try {
          return savepoint(job, folder.resolve("native"), SavepointFormatType.NATIVE);
        } catch (ExecutionException e) {
          // Not all of its tasks run yet.
          if (System.nanoTime() > until) {
            throw e;
          }
          TimeUnit.MILLISECONDS.sleep(200);
        }
      }
    } finally {
      job.cancel().get(1, TimeUnit.MINUTES);
    }
  }

  private JobClient start(SyntheticFleet fleet, Path folder, @Nullable Path savepoint)
      throws Exception {
    Configuration settings = new Configuration();
    if (savepoint != null) {
      settings.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint.toUri().toString());
    }
    settings.set(PipelineOptions.OBJECT_REUSE, true);
    settings.set(PipelineOptions.GENERIC_TYPES, false);
    settings.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
    settings.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
    settings.set(
        CheckpointingOptions.CHECKPOINTS_DIRECTORY, folder.resolve("running").toUri().toString());
    StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1, settings);
    long all = (long) devices * READINGS_EACH;
    TimelineSettings config =
        new TimelineSettings(
            60_000,
            0,
            60_000,
            Duration.ofDays(1).toMillis(),
            Duration.ofDays(30).toMillis(),
            300_000,
            60,
            0);
    // What follows the last reading is that reading again, a duplicate, which changes no state.
    env.fromSource(
            new DataGeneratorSource<>(
                index -> fleet.reading(Math.min(index, all - 1)),
                Long.MAX_VALUE,
                DeviceEventSerializer.INSTANCE.typeInfo(DeviceEvent.class)),
            WatermarkStrategy.noWatermarks(),
            "fleet")
        .keyBy(event -> event.device().path(), Types.STRING)
        .process(
            new TimelineFunction(config, Long.MAX_VALUE, ""),
            TimelineEventSerializer.INSTANCE.typeInfo(TimelineEvent.class))
        .filter(new Count())
        .sinkTo(new DiscardingSink<>());
    return env.executeAsync("state-size");
  }

  private void awaitReadings() throws Exception {
    long until = System.nanoTime() + DEADLINE.toNanos();
    while (PASSED.sum() < (long) devices * READINGS_EACH) {
      if (System.nanoTime() > until) {
        throw new TimeoutException(PASSED.sum() + " readings within " + DEADLINE);
      }
      TimeUnit.MILLISECONDS.sleep(200);
    }
  }

  private static String savepoint(JobClient job, Path folder, SavepointFormatType format)
      throws Exception {
    return Savepoints.take(job, folder, format);
  }

  private static long sizeOf(Path savepoint) throws IOException {
    try (Stream<Path> files = Files.walk(savepoint)) {
      return files.filter(Files::isRegularFile).mapToLong(StateSizeBenchmark::size).sum();
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Counts, and lets nothing through. */
  private static final class Count implements FilterFunction<TimelineEvent> {

    private static final long serialVersionUID = 1L;

    @Override
    public boolean filter(TimelineEvent event) {
      PASSED.increment();
      return false;
    }
  }
}
