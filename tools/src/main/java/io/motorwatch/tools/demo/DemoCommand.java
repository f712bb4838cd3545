package io.motorwatch.tools.demo;

import io.motorwatch.jobs.config.ConfigException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code demo}: the main job on one machine, nothing prepared. */
@Command(
    name = "demo",
    description = {
      "Shows the main job at work, and checks what it finds.",
      "It runs on a private broker and a private InfluxDB, driven by simulated motors. What InfluxDB"
          + " holds in the end is compared with what must be there. Exit 0 only if they agree."
    },
    mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {

  private static final long SECOND = 1000;

  @Option(
      names = "--devices",
      paramLabel = "N",
      defaultValue = "50",
      description = "Motors; default ${DEFAULT-VALUE}.")
  int devices;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "60",
      description = "How long they run, wall clock; default ${DEFAULT-VALUE}.")
  int seconds;

  @Option(
      names = "--speedup",
      paramLabel = "X",
      defaultValue = "20",
      description = "Device time per wall clock; default ${DEFAULT-VALUE}.")
  double speedup;

  @Option(
      names = "--rate",
      paramLabel = "MSG_PER_S",
      defaultValue = "0",
      description =
          "Messages a second, all motors together; default: each once a second of its time.")
  int rate;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "42",
      description = "Same seed, same motors and episodes; default ${DEFAULT-VALUE}.")
  long seed;

  @Option(names = "--keep", description = "Leave everything running until Ctrl-C.")
  boolean keep;

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    if (devices < 1 || seconds < 1 || rate < 0 || !(speedup > 0) || Double.isInfinite(speedup)) {
      throw new ConfigException(
          "--devices, --seconds and --speedup must be above 0, --speedup finite, --rate not below 0");
    }
    Screen screen =
        new Screen(
            spec.commandLine().getOut(), terminal(), Integer.getInteger("motorwatch.columns", 0));
    Runnable stopped =
        () -> {
          screen.endProgress();
          screen.line("");
          screen.line("Stopped. Broker, InfluxDB and their data are gone.");
        };
    try (DemoServers servers = DemoServers.start(stopped)) {
      return new Demo(servers, options(), screen).run() ? 0 : 1;
    }
  }

  /** The launcher knows; Java itself cannot say in all versions. */
  private static boolean terminal() {
    return Boolean.getBoolean("motorwatch.terminal");
  }

  private DemoOptions options() {
    long intervalMs =
        rate == 0 ? SECOND : Math.max(1, Math.round(devices * speedup * SECOND / rate));
    Path patterns = Path.of(System.getProperty("motorwatch.home", "."), "conf", "patterns.yaml");
    return new DemoOptions(devices, seconds, speedup, intervalMs, seed, keep, terminal(), patterns);
  }
}
