package io.motorwatch.tools.endtoend;

import io.motorwatch.tools.command.Motorwatch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code motorwatch run}, or another main, as a process of its own, to be killed. */
final class RunProcess {

  private final Process process;
  private final Path out;
  private final Path err;

  private RunProcess(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  static RunProcess start(Path folder, String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of("run"));
    all.addAll(List.of(arguments));
    return start(folder, Motorwatch.class, all);
  }

  /**
   * Any main.
   *
   * @param folder also for its temporary files
   */
  static RunProcess start(Path folder, Class<?> main, List<String> arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-opens",
                "java.base/java.util=ALL-UNNAMED",
                "-Dmotorwatch.home=..",
                "-Djava.io.tmpdir=" + folder,
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(arguments);
    Path out = Files.createTempFile(folder, "out", "");
    Path err = Files.createTempFile(folder, "err", "");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    return new RunProcess(process, out, err);
  }

  boolean ready() throws Exception {
    if (!process.isAlive()) {
      throw new IllegalStateException("ended: " + err());
    }
    return Files.readString(out).lines().anyMatch(line -> line.startsWith("READY"));
  }

  String out() throws Exception {
    return Files.readString(out);
  }

  String err() throws Exception {
    return Files.readString(err);
  }

  /** SIGKILL. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** SIGTERM; the exit status. */
  int terminate() throws InterruptedException {
    process.destroy();
    return exitStatus();
  }

  int exitStatus() throws InterruptedException {
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      kill();
      throw new IllegalStateException("still running");
    }
    return process.exitValue();
  }
}
