package io.motorwatch.benchmarks.deployed;

import io.motorwatch.benchmarks.Backend;
import io.motorwatch.benchmarks.TemporaryFolder;
import io.motorwatch.local.LocalInfluxDb;
import io.motorwatch.local.LocalMosquitto;
import io.motorwatch.mqtt.BrokerAddress;
import io.motorwatch.tools.cluster.CheckpointFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A private broker, a private InfluxDB and the job between them, each a process, all files below
 * one temporary folder that goes with {@link #close}. For one thread.
 */
final class Installation implements AutoCloseable {

  private static final Duration CHECKPOINT_LIMIT = Duration.ofMinutes(2);
  private static final long POLL_MS = 50;

  private final Path folder;
  private final Path home;
  private final Path config;
  private final List<String> settings;
  private final LocalMosquitto broker;
  private final LocalInfluxDb database;
  private JobProcess job;

  private Installation(Path folder, Backend backend, List<String> settings)
      throws IOException, InterruptedException {
    this.settings = settings;
    this.folder = folder;
    this.home = home(folder, backend);
    this.broker = LocalMosquitto.start(Files.createDirectory(folder.resolve("mqtt")));
    this.database = LocalInfluxDb.start(Files.createDirectory(folder.resolve("influx")));
    this.config =
        Files.writeString(
            folder.resolve("motorwatch.yaml"),
            """
            mqtt: {uri: "%s"}
            influx: {url: "%s"}
            patterns: {file: "%s"}
            checkpoint: {dir: "%s"}
            # Those of an earlier trial are not to be reported silent in a later one.
            timeline: {silent-after: 1h}
            """
                .formatted(
                    broker.uri(),
                    database.url(),
                    projectHome().resolve("conf/patterns.yaml"),
                    folder.resolve("checkpoints")));
    this.job = JobProcess.start(home, config, settings, folder);
  }

  /**
   * Starts all three; the job takes readings when this returns.
   *
   * @param settings of the job, {@code key=value} each; else as shipped
   */
  static Installation start(Backend backend, List<String> settings)
      throws IOException, InterruptedException {
    Installation started =
        new Installation(Files.createTempDirectory("motorwatch-bench-"), backend, settings);
    started.job.awaitReady();
    return started;
  }

  private static Path projectHome() {
    return Path.of(System.getProperty("motorwatch.home", ".")).toAbsolutePath().normalize();
  }

  /** The project's Flink configuration with another state backend. */
  private static Path home(Path folder, Backend backend) throws IOException {
    Path from = projectHome().resolve("flink-conf");
    Path to = Files.createDirectories(folder.resolve("home/flink-conf"));
    String shipped = Files.readString(from.resolve("config.yaml"));
    String changed = shipped.replace("type: hashmap", "type: " + backend.flinkName());
    if (!changed.contains("type: " + backend.flinkName())) {
      throw new IOException(from.resolve("config.yaml") + " no longer says \"type: hashmap\"");
    }
    Files.writeString(to.resolve("config.yaml"), changed);
    Files.copy(
        from.resolve("log4j2-launcher.properties"), to.resolve("log4j2-launcher.properties"));
    return Objects.requireNonNull(to.getParent());
  }

  BrokerAddress broker() {
    return BrokerAddress.of(broker.uri());
  }

  String influxUrl() {
    return database.url();
  }

  /** Ends the job as a crash would. */
  void killJob() throws InterruptedException {
    job.kill();
  }

  /** Starts the job again, from its newest checkpoint. Does not wait for it. */
  JobProcess startJobAgain() throws IOException {
    job = JobProcess.start(home, config, settings, folder);
    return job;
  }

  /** Waits until a checkpoint has begun and ended from now on. */
  void awaitCheckpoint() throws IOException, InterruptedException {
    long end = System.nanoTime() + CHECKPOINT_LIMIT.toNanos();
    Set<Path> seen = new HashSet<>();
    // The first new one may have begun before.
    while (seen.size() < 3) {
      CheckpointFolder.newest(folder.resolve("checkpoints")).ifPresent(seen::add);
      if (System.nanoTime() > end) {
        throw new IOException("no checkpoint completes within " + CHECKPOINT_LIMIT);
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MS);
    }
  }

  /** What the newest complete checkpoint takes on disk, bytes. */
  long checkpointBytes() throws IOException {
    Path newest =
        CheckpointFolder.newest(folder.resolve("checkpoints"))
            .orElseThrow(() -> new IOException("there is no checkpoint yet"));
    // RocksDB's files are shared by checkpoints and lie beside them.
    Path ofJob = Objects.requireNonNull(newest.getParent());
    try (Stream<Path> files = Files.walk(ofJob)) {
      return files
          .filter(file -> file.startsWith(newest) || file.startsWith(ofJob.resolve("shared")))
          .filter(Files::isRegularFile)
          .mapToLong(Installation::size)
          .sum();
    }
  }

  /** A file of an older checkpoint may go away while we look. */
  private static long size(Path file) {
    try {
      return Files.exists(file) ? Files.size(file) : 0;
    } catch (IOException e) {
      return 0;
    }
  }

  /** Processor time of each process so far, seconds; generator and subscriber are this one. */
  Map<Role, Double> cpuSeconds() {
    Map<Role, Double> seconds = new EnumMap<>(Role.class);
    seconds.put(Role.GENERATOR, seconds(ProcessHandle.current()));
    seconds.put(Role.JOB, seconds(job.handle()));
    seconds.put(Role.BROKER, seconds(child("mosquitto")));
    seconds.put(Role.DATABASE, seconds(child("influxd")));
    return seconds;
  }

  private ProcessHandle child(String program) {
    return ProcessHandle.current()
        .children()
        .filter(child -> child.info().commandLine().orElse("").contains(folder.toString()))
        .filter(child -> child.info().command().orElse("").endsWith("/" + program))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(program + " is not running"));
  }

  private static double seconds(ProcessHandle process) {
    return process
            .info()
            .totalCpuDuration()
            .orElseThrow(
                () -> new IllegalStateException("no processor time known of " + process.pid()))
            .toNanos()
        / 1e9;
  }

  @Override
  public void close() throws IOException, InterruptedException {
    job.close();
    database.close();
    broker.close();
    new TemporaryFolder(folder).close();
  }
}
