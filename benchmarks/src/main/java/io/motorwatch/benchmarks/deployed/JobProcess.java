package io.motorwatch.benchmarks.deployed;

import io.motorwatch.tools.command.Motorwatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** {@code motorwatch run} as a process of its own; ends with this one at the latest. */
final class JobProcess implements AutoCloseable {

  private static final Duration READY_LIMIT = Duration.ofSeconds(90);

  private final Process process;
  private final Output output;
  private final Thread onExit;

  private JobProcess(Process process, Output output) {
    this.process = process;
    this.output = output;
    this.onExit = new Thread(process::destroyForcibly, "end-job");
    Runtime.getRuntime().addShutdownHook(onExit);
  }

  /**
   * Starts it, with the options the launcher starts it with.
   *
   * @param home whose {@code flink-conf} counts
   * @param settings {@code key=value} each, over those of the config file
   */
  static JobProcess start(Path home, Path config, List<String> settings, Path folder)
      throws IOException {
    Path log = Files.createTempFile(folder, "job", ".log");
    List<String> command = new ArrayList<>();
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseParallelGC",
            "-XX:MetaspaceSize=128m",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/java.time=ALL-UNNAMED",
            "-Dmotorwatch.log.level=WARN",
            "-Dmotorwatch.log.own-level=INFO",
            "-Dlog4j2.configurationFile=" + home.resolve("flink-conf/log4j2-launcher.properties"),
            "-Dmotorwatch.home=" + home,
            "-cp",
            System.getProperty("java.class.path"),
            Motorwatch.class.getName(),
            "run",
            "--config",
            config.toString()));
    settings.forEach(setting -> command.addAll(List.of("--set", setting)));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    return new JobProcess(process, Output.of(process.getInputStream(), log));
  }

  /**
   * Waits until it is subscribed.
   *
   * @return System.nanoTime() of when it said so, however much later this is called
   * @throws IOException if it ends instead, or takes longer than 90 s; with its output
   */
  long awaitReady() throws IOException, InterruptedException {
    return output.awaitLine("READY", READY_LIMIT);
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  /** SIGKILL. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
    Runtime.getRuntime().removeShutdownHook(onExit);
  }

  @Override
  public void close() throws InterruptedException {
    if (process.isAlive()) {
      kill();
    }
  }
}
