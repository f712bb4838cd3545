package io.motorwatch.benchmarks;

import io.motorwatch.jobs.config.TimelineConfig;
import io.motorwatch.jobs.timeline.TimelineFunction;
import io.motorwatch.model.DeviceEvent;
import io.motorwatch.model.TimelineEvent;
import io.motorwatch.model.serialization.DeviceEventSerializer;
import io.motorwatch.model.serialization.TimelineEventSerializer;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.FilterFunction;
import org.apache.flink.api.common.functions.MapFunction;
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

/**
 * What the timeline keeps of a device with six fields, in RocksDB: its files, by native savepoints,
 * once every entry is in them once, and before that, with entries of earlier times that RocksDB has
 * not yet cleaned away; and what a canonical savepoint holds, every entry as serialized. Keys and
 * timers are in all of them.
 */
final class StateSizeBenchmark implements Bench.Benchmark {

  private static final int DEVICES = 100_000;
  private static final int READINGS_EACH = 40;
  private static final Duration DEADLINE = Duration.ofMinutes(8);
  private static final LongAdder PASSED = new LongAdder();
  private static final LongAdder TICKS = new LongAdder();

  @Override
  public void run(PrintStream out) throws Exception {
    for (String variant : new String[] {"with-seq", "without-seq"}) {
      measure(variant, new SyntheticFleet(DEVICES, variant.equals("with-seq")), out);
    }
  }

  private static void measure(String variant, SyntheticFleet fleet, PrintStream out)
      throws Exception {
    Path folder = Files.createTempDirectory("motorwatch-bench-");
    PASSED.reset();
    try {
      Savepoint grown;
      Savepoint plain;
      JobClient job = start(fleet, folder, null);
      try {
        awaitReadings();
        grown = savepoint(job, folder.resolve("grown"), SavepointFormatType.NATIVE);
        plain = savepoint(job, folder.resolve("plain"), SavepointFormatType.CANONICAL);
      } finally {
        job.cancel().get(1, TimeUnit.MINUTES);
      }
      out.println(
          new Result("state-size", variant)
              .with("bytesPerDevice", compacted(fleet, folder, plain) / (double) DEVICES)
              .with("bytesPerDeviceUncompacted", grown.bytes / (double) DEVICES)
              .with("serializedBytesPerDevice", plain.bytes / (double) DEVICES)
              .with("devices", DEVICES)
              .with("fields", 6)
              .withText("backend", "rocksdb"));
    } finally {
      delete(folder);
    }
  }

  /** RocksDB's files once each entry is in them once, as a restore writes them. */
  private static long compacted(SyntheticFleet fleet, Path folder, Savepoint from)
      throws Exception {
    JobClient job = start(fleet, folder, from.path);
    try {
      long until = System.nanoTime() + DEADLINE.toNanos();
      while (job.getJobStatus().get() != JobStatus.RUNNING || TICKS.sum() == 0) {
        if (System.nanoTime() > until) {
          throw new TimeoutException("not restored within " + DEADLINE);
        }
        TimeUnit.MILLISECONDS.sleep(200);
      }
      return savepoint(job, folder.resolve("compacted"), SavepointFormatType.NATIVE).bytes;
    } finally {
      job.cancel().get(1, TimeUnit.MINUTES);
    }
  }

  private static JobClient start(SyntheticFleet fleet, Path folder, @Nullable String savepoint)
      throws Exception {
    TICKS.reset();
    Configuration settings = new Configuration();
    settings.set(PipelineOptions.OBJECT_REUSE, true);
    settings.set(PipelineOptions.GENERIC_TYPES, false);
    settings.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
    settings.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
    settings.set(
        CheckpointingOptions.CHECKPOINTS_DIRECTORY, folder.resolve("running").toUri().toString());
    if (savepoint != null) {
      settings.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
    }
    StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1, settings);
    long all = (long) DEVICES * READINGS_EACH;
    TimelineConfig config =
        new TimelineConfig(
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
        .uid("fleet")
        .map(new Tick())
        .returns(DeviceEventSerializer.INSTANCE.typeInfo(DeviceEvent.class))
        .uid("tick")
        .keyBy(event -> event.device().path(), Types.STRING)
        .process(
            new TimelineFunction(config, Long.MAX_VALUE, ""),
            TimelineEventSerializer.INSTANCE.typeInfo(TimelineEvent.class))
        .uid("timeline")
        .filter(new Count())
        .uid("count")
        .sinkTo(new DiscardingSink<>())
        .uid("end");
    return env.executeAsync("state-size");
  }

  private static void awaitReadings() throws Exception {
    long until = System.nanoTime() + DEADLINE.toNanos();
    while (PASSED.sum() < (long) DEVICES * READINGS_EACH) {
      if (System.nanoTime() > until) {
        throw new TimeoutException(PASSED.sum() + " readings within " + DEADLINE);
      }
      TimeUnit.MILLISECONDS.sleep(200);
    }
  }

  /** A savepoint's place, and how large its files are together. */
  private record Savepoint(String path, long bytes) {}

  private static Savepoint savepoint(JobClient job, Path folder, SavepointFormatType format)
      throws Exception {
    String path = job.triggerSavepoint(folder.toUri().toString(), format).get(5, TimeUnit.MINUTES);
    try (Stream<Path> files = Files.walk(Path.of(URI.create(path)))) {
      return new Savepoint(
          path, files.filter(Files::isRegularFile).mapToLong(StateSizeBenchmark::size).sum());
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(file);
      }
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

  /** Shows that the job is at work. */
  private static final class Tick implements MapFunction<DeviceEvent, DeviceEvent> {

    private static final long serialVersionUID = 1L;

    @Override
    public DeviceEvent map(DeviceEvent event) {
      TICKS.increment();
      return event;
    }
  }
}
