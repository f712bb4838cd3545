package io.motorwatch.tools.packaged;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A JVM of its own, started as the launcher starts one; its output in a file. */
final class JavaProcess implements AutoCloseable {

  private static final Path TARGET = Path.of("target").toAbsolutePath();
  private static final Path JAR = Path.of("../jobs/target/motorwatch.jar").toAbsolutePath();
  private static final String FLINK = TARGET.resolve("flink") + "/*";

  private final Process process;
  private final Path log;

  private JavaProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /** Something of Flink's own, without a trace of ours on its class path. */
  static JavaProcess flink(Path log, String mainClass, String... arguments) throws IOException {
    return start(log, FLINK, mainClass, arguments);
  }

  /** A command, as the launcher runs it. */
  static JavaProcess motorwatch(Path log, String... arguments) throws IOException {
    return start(
        log,
        String.join(
            ":",
            JAR.toString(),
            TARGET.resolve("motorwatch-tools.jar").toString(),
            TARGET.resolve("lib") + "/*",
            FLINK),
        "io.motorwatch.tools.command.Motorwatch",
        arguments);
  }

  private static JavaProcess start(Path log, String classPath, String main, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String opened : List.of("java.lang", "java.util", "java.time")) {
      command.add("--add-opens");
      command.add("java.base/" + opened + "=ALL-UNNAMED");
    }
    command.addAll(
        List.of(
            "-Xmx512m",
            "-Dmotorwatch.home=..",
            "-Dmotorwatch.log.level=WARN",
            "-Dlog4j2.configurationFile=../flink-conf/log4j2-launcher.properties",
            "-cp",
            classPath,
            main));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    return new JavaProcess(process, log);
  }

  boolean alive() {
    return process.isAlive();
  }

  /** SIGKILL. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Waits for its end; its exit status. */
  int exitStatus(long seconds) throws InterruptedException, IOException {
    if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
      throw new IllegalStateException("still running after " + seconds + " s:\n" + output());
    }
    return process.exitValue();
  }

  /** What it has printed. */
  String output() throws IOException {
    return Files.readString(log);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
