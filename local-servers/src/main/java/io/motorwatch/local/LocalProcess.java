package io.motorwatch.local;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A server program that listens on loopback ports, as a child process: its output in a log file,
 * ended with this JVM at the latest, unless that is killed (SIGKILL) and can end nothing any more.
 * Can be stopped and started again. Not thread-safe.
 */
public final class LocalProcess implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(20);

  /** Makes the command line, at each start. */
  public interface Command {
    List<String> line() throws IOException;
  }

  private final Command command;
  private final Path log;
  private final List<Integer> ports;
  private final Duration startLimit;
  private Process process;
  private Thread onExit;

  private LocalProcess(Command command, Path log, List<Integer> ports, Duration startLimit)
      throws IOException {
    this.command = command;
    this.log = log;
    this.ports = List.copyOf(ports);
    this.startLimit = startLimit;
    this.process = launch();
    this.onExit = endOnExit(process);
  }

  /**
   * Starts the program and waits until it listens on all of its ports.
   *
   * @param log gets its output; appended to
   * @param ports on the loopback interface, where it is expected to listen
   * @throws IOException if it ends or the time passes before, with the end of its log
   */
  public static LocalProcess start(
      Command command, Path log, List<Integer> ports, Duration startLimit)
      throws IOException, InterruptedException {
    LocalProcess server = new LocalProcess(command, log, ports, startLimit);
    server.awaitPorts();
    return server;
  }

  /** A program on the path; Debian keeps servers in sbin, which is not on everyone's path. */
  static Optional<Path> find(String program) {
    String path = Objects.requireNonNullElse(System.getenv("PATH"), "");
    return Stream.concat(Stream.of(path.split(File.pathSeparator)), Stream.of("/usr/sbin"))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private Process launch() throws IOException {
    return new ProcessBuilder(command.line())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .start();
  }

  private static Thread endOnExit(Process process) {
    Thread hook = new Thread(process::destroyForcibly, "end-" + process.pid());
    Runtime.getRuntime().addShutdownHook(hook);
    return hook;
  }

  private void awaitPorts() throws IOException, InterruptedException {
    try {
      long end = System.nanoTime() + startLimit.toNanos();
      for (int port : ports) {
        await(port, end);
      }
    } catch (IOException | InterruptedException e) {
      close();
      throw e;
    }
  }

  private void await(int port, long end) throws IOException, InterruptedException {
    while (!listens(port)) {
      if (!process.isAlive()) {
        throw new IOException(name() + " ended with status " + process.exitValue() + tail());
      }
      if (System.nanoTime() > end) {
        throw new IOException(
            name() + " does not listen on port " + port + " after " + startLimit + tail());
      }
      TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
    }
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private String name() throws IOException {
    return String.valueOf(Path.of(command.line().get(0)).getFileName());
  }

  private String tail() throws IOException {
    List<String> lines = Files.exists(log) ? Files.readAllLines(log) : List.of();
    return "; the end of "
        + log
        + ":\n"
        + String.join("\n", lines.subList(Math.max(0, lines.size() - 10), lines.size()));
  }

  boolean alive() {
    return process.isAlive();
  }

  /** SIGTERM, so that the server saves what it holds; SIGKILL if that takes over ten seconds. */
  void stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      kill();
    }
    forget();
  }

  /** SIGKILL, as a crash. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
    forget();
  }

  /** Starts it again; stops it first where it runs. */
  void restart() throws IOException, InterruptedException {
    if (process.isAlive()) {
      stop();
    }
    process = launch();
    onExit = endOnExit(process);
    awaitPorts();
  }

  private void forget() {
    try {
      Runtime.getRuntime().removeShutdownHook(onExit);
    } catch (IllegalStateException e) {
      // The JVM is ending: the hook runs by itself and finds the process gone.
      return;
    }
  }

  @Override
  public void close() {
    try {
      stop();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
