package io.motorwatch.benchmarks.deployed;

import io.motorwatch.benchmarks.Backend;
import io.motorwatch.benchmarks.Benchmark;
import io.motorwatch.benchmarks.Result;
import io.motorwatch.benchmarks.SharedOptions;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The job's process is killed (SIGKILL) and started again at once, as a supervisor would: how long
 * until the first alert for a reading that was published after the kill, by the number of devices
 * whose state is restored. Includes the start of the JVM and of Flink. Nothing may be lost. {@code
 * readyMs} is when the job said that it is subscribed.
 */
@Command
public final class RecoveryBenchmark implements Benchmark {

  private static final int READINGS_EACH = 3;

  @Option(
      names = "--devices",
      paramLabel = "N",
      split = ",",
      defaultValue = "1000,10000,100000",
      description = "Devices with state, sizes by comma; default ${DEFAULT-VALUE}.")
  List<Integer> devices = List.of();

  @Mixin final SharedOptions.Backends backends = new SharedOptions.Backends();

  @Option(
      names = "--kills",
      paramLabel = "N",
      defaultValue = "5",
      description = "How often it is killed at each size; default ${DEFAULT-VALUE}.")
  int kills;

  @Option(
      names = "--fill-rate",
      paramLabel = "RATE",
      defaultValue = "10000",
      description = "Messages a second to make the devices known with; default ${DEFAULT-VALUE}.")
  int fillRate;

  @Mixin final SharedOptions.JobSettings settings = new SharedOptions.JobSettings();

  @Override
  public void run(PrintStream out) throws Exception {
    if (kills < 1) {
      throw new IllegalArgumentException(
          "--kills " + kills + ": it has to be killed at least once");
    }
    for (Backend backend : backends.list) {
      for (int size : devices) {
        measure(backend, size, out);
      }
    }
  }

  private void measure(Backend backend, int size, PrintStream out) throws Exception {
    try (Installation installation = Installation.start(backend, settings.list)) {
      try (Load load = new Load(installation, size)) {
        load.fill(READINGS_EACH, fillRate);
      }
      double[] firstAlarmMs = new double[kills];
      double[] readyMs = new double[kills];
      long checkpointBytes;
      try (Probe probe = new Probe(installation.broker())) {
        for (int kill = 0; kill < kills; kill++) {
          probe.awaitFirstAfter(System.nanoTime());
          installation.awaitCheckpoint();
          long killed = System.nanoTime();
          installation.killJob();
          JobProcess again = installation.startJobAgain();
          firstAlarmMs[kill] = (probe.awaitFirstAfter(killed) - killed) / 1e6;
          readyMs[kill] = (again.awaitReady() - killed) / 1e6;
        }
        probe.finish(installation.influxUrl());
        installation.awaitCheckpoint();
        checkpointBytes = installation.checkpointBytes();
      }
      out.println(
          new Result("recovery", backend.flinkName())
              .with("devices", size)
              .with("firstAlarmMs", median(firstAlarmMs))
              .with("slowestFirstAlarmMs", Arrays.stream(firstAlarmMs).max().orElseThrow())
              .with("readyMs", median(readyMs))
              .with("kills", kills)
              .with("checkpointBytes", checkpointBytes));
    }
  }

  /** The middle one; of an even number the mean of the two in the middle. */
  static double median(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}
