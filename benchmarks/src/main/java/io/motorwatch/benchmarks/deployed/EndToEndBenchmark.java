package io.motorwatch.benchmarks.deployed;

import io.motorwatch.benchmarks.Backend;
import io.motorwatch.benchmarks.Benchmark;
import io.motorwatch.benchmarks.SharedOptions;
import java.io.PrintStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * From an MQTT publish at QoS 1 to InfluxDB and to the alert at a subscriber: generator and
 * subscriber, Mosquitto, the job and InfluxDB each a process on this machine. The rate is doubled
 * until it is not held, then bisected; then the latency of alerts at parts of what was held, and at
 * one rate that is the same on every machine.
 */
@Command
public final class EndToEndBenchmark implements Benchmark {

  private static final int WARM_UP_SECONDS = 15;
  private static final double BEHIND_MS = 500;
  private static final int[] PERCENT = {25, 50, 90};

  @Option(
      names = "--hold",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "How long each rate is sent; default ${DEFAULT-VALUE}.")
  int hold;

  @Option(
      names = "--devices",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Devices; default ${DEFAULT-VALUE}.")
  int devices;

  @Option(
      names = "--lowest",
      paramLabel = "RATE",
      defaultValue = "2000",
      description =
          "Messages a second to begin with; at least as many as devices; default ${DEFAULT-VALUE}.")
  int lowest;

  @Option(
      names = "--highest",
      paramLabel = "RATE",
      defaultValue = "128000",
      description = "Messages a second not to exceed; default ${DEFAULT-VALUE}.")
  int highest;

  @Option(
      names = "--precision",
      paramLabel = "SHARE",
      defaultValue = "0.05",
      description = "Bisects down to this share of the rate; default ${DEFAULT-VALUE}.")
  double precision;

  @Option(
      names = "--fixed-rate",
      paramLabel = "RATE",
      defaultValue = "5000",
      description =
          "Messages a second to measure the latency of alerts at, whatever rate is held; at least as"
              + " many as devices; default ${DEFAULT-VALUE}.")
  int fixedRate;

  @Option(
      names = "--settled",
      paramLabel = "MS",
      defaultValue = "2000",
      description =
          "A rate is held if all has arrived so long after the last message; default ${DEFAULT-VALUE}.")
  double settledMs;

  @Option(
      names = "--late",
      paramLabel = "MS",
      defaultValue = "1000",
      description = "And if 99 of 100 alerts take at most so long; default ${DEFAULT-VALUE}.")
  double lateMs;

  @Mixin final SharedOptions.JobSettings settings = new SharedOptions.JobSettings();

  @Override
  public void run(PrintStream out) throws Exception {
    if (lowest < devices) {
      // A device must report within two readings of the two seconds of a stall.
      throw new IllegalArgumentException(
          "--lowest " + lowest + " is less than a reading a second of each device: " + devices);
    }
    try (Installation installation = Installation.start(Backend.HASHMAP, settings.list);
        Load load = new Load(installation, devices)) {
      load.run(lowest, Math.min(hold, WARM_UP_SECONDS));
      Trial best = search(load, out);
      out.println(best.result("highest-rate", limits()));
      for (int percent : PERCENT) {
        int rate = Math.max(devices, (int) ((long) best.rate() * percent / 100));
        out.println(load.run(rate, hold).result("at-" + percent + "-percent", limits()));
      }
      int rate = Math.max(devices, fixedRate);
      out.println(load.run(rate, hold).result("at-fixed-rate", limits()));
    }
  }

  private Limits limits() {
    return new Limits(BEHIND_MS, settledMs, lateMs);
  }

  private Trial search(Load load, PrintStream out) throws InterruptedException {
    Trial best = trial(load, lowest, out);
    if (!best.held(limits())) {
      throw new IllegalStateException("not even " + lowest + " messages a second are held");
    }
    int tooMuch = highest + 1;
    while (best.rate() < highest && tooMuch - best.rate() > precision * best.rate()) {
      int between = best.rate() + (tooMuch - best.rate()) / 2;
      int rate = tooMuch > highest ? Math.min(2 * best.rate(), highest) : between;
      Trial next = trial(load, rate, out);
      if (next.held(limits())) {
        best = next;
      } else {
        tooMuch = rate;
      }
    }
    return best;
  }

  private Trial trial(Load load, int rate, PrintStream out) throws InterruptedException {
    Trial trial = load.run(rate, hold);
    out.println(trial.result("trial", limits()));
    return trial;
  }
}
