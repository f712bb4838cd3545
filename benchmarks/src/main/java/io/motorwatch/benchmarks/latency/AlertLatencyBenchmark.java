package io.motorwatch.benchmarks.latency;

import io.motorwatch.benchmarks.Benchmark;
import io.motorwatch.benchmarks.Latencies;
import io.motorwatch.benchmarks.Result;
import io.motorwatch.benchmarks.ShippedConfig;
import io.motorwatch.benchmarks.TemporaryFolder;
import io.motorwatch.jobs.config.MotorwatchConfig;
import io.motorwatch.jobs.topology.JobSettings;
import io.motorwatch.jobs.topology.MotorwatchTopology;
import io.motorwatch.jobs.topology.Outputs;
import io.motorwatch.source.mqtt.MqttMessage;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * How long the job itself takes to report an alarm: from when the completing reading was due at it
 * until the alert reaches the sink. The very job with the shipped patterns and its checkpoints;
 * messages come from within the process at a rate, and results go nowhere. {@code idleP99Ms} says
 * how late a thread wakes up there that does nothing else: below it no latency can be.
 */
@Command
public final class AlertLatencyBenchmark implements Benchmark {

  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final long POLL_MS = 10;

  /** A job that is further behind its messages than this at the end has not held the rate. */
  private static final double BEHIND_MS = 500;

  /** An alert that has not come by then is lost. */
  private static final long ALERT_SECONDS = 2;

  @Option(
      names = "--rate",
      paramLabel = "MSG_PER_S",
      defaultValue = "20000",
      description = "Messages a second, at least one of each device; default ${DEFAULT-VALUE}.")
  int rate;

  @Option(
      names = "--devices",
      paramLabel = "N",
      defaultValue = "2000",
      description = "Devices, each with an alarm every 20 s; default ${DEFAULT-VALUE}.")
  int devices;

  @Option(
      names = "--warm-up",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description = "Before it is measured; default ${DEFAULT-VALUE}.")
  int warmUp;

  @Option(
      names = "--seconds",
      paramLabel = "SECONDS",
      defaultValue = "120",
      description = "Measured; default ${DEFAULT-VALUE}.")
  int seconds;

  @Override
  public void run(PrintStream out) throws Exception {
    if (rate < devices) {
      // A device must report within two readings of the two seconds of a stall.
      throw new IllegalArgumentException(
          "--rate " + rate + " is less than a reading a second of each device: " + devices);
    }
    AlertTimes times = AlertTimes.begin();
    try (TemporaryFolder folder = TemporaryFolder.create()) {
      JobClient job = start(folder.path());
      try {
        out.println(measure(job, times));
      } finally {
        job.cancel().get(1, TimeUnit.MINUTES);
      }
    }
  }

  private Result measure(JobClient job, AlertTimes times) throws Exception {
    awaitHanded(job, times, (long) rate * warmUp, Duration.ofSeconds(warmUp));
    times.take();
    try (Hiccups idle = Hiccups.watching()) {
      long began = System.nanoTime();
      long before = times.sent();
      awaitHanded(job, times, (long) rate * (warmUp + seconds), Duration.ofSeconds(seconds));
      double behindMs = times.behindMs();
      double perSecond = (times.sent() - before) * 1e9 / (System.nanoTime() - began);
      Latencies alerts = times.take();
      Latencies hiccups = idle.take();
      if (behindMs > BEHIND_MS) {
        throw new IllegalStateException(
            "%d messages a second are not held: %.0f ms behind".formatted(rate, behindMs));
      }
      long missing = times.missing(System.nanoTime() - TimeUnit.SECONDS.toNanos(ALERT_SECONDS));
      if (missing > 0) {
        throw new IllegalStateException(missing + " alerts never came");
      }
      if (alerts.count() == 0) {
        throw new IllegalStateException("no alert in " + seconds + " s, which is to have some");
      }
      return new Result("alert-latency", "job-alone")
          .with("msgPerSecond", perSecond)
          .with("devices", devices)
          .with("alerts", alerts.count())
          .with("p50Ms", alerts.quantileMs(0.5))
          .with("p99Ms", alerts.quantileMs(0.99))
          .with("p999Ms", alerts.quantileMs(0.999))
          .with("maxMs", alerts.quantileMs(1))
          .with("idleP99Ms", hiccups.quantileMs(0.99))
          .with("idleP999Ms", hiccups.quantileMs(0.999));
    }
  }

  private JobClient start(Path folder) throws Exception {
    MotorwatchConfig config = ShippedConfig.load();
    Configuration settings = JobSettings.of(config);
    settings.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
    settings.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, folder.toUri().toString());
    settings.set(RestartStrategyOptions.RESTART_STRATEGY, "disable");
    StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1, settings);
    new MotorwatchTopology(
            config,
            Files.readString(config.patterns().file()),
            outputs(),
            MotorwatchTopology.Branches.BOTH)
        .build(
            env,
            new DataGeneratorSource<>(
                new PacedFleet(devices, rate), Long.MAX_VALUE, MqttMessage.TYPE_INFO));
    return env.executeAsync("alert-latency");
  }

  private static Outputs outputs() {
    return new Outputs(
        new DiscardingSink<>(),
        new DiscardingSink<>(),
        new DiscardingSink<>(),
        AlertTimes.sink(),
        new DiscardingSink<>(),
        new DiscardingSink<>(),
        new DiscardingSink<>(),
        new DiscardingSink<>());
  }

  private static void awaitHanded(JobClient job, AlertTimes times, long messages, Duration expected)
      throws InterruptedException, ExecutionException {
    long end = System.nanoTime() + expected.plus(LIMIT).toNanos();
    while (times.sent() < messages) {
      if (job.getJobExecutionResult().isDone()) {
        job.getJobExecutionResult().get();
        throw new IllegalStateException("the job has ended of itself");
      }
      if (System.nanoTime() > end) {
        throw new IllegalStateException(times.sent() + " of " + messages + " messages are taken");
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MS);
    }
  }
}
