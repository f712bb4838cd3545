package io.motorwatch.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A private Mosquitto 2 broker on a loopback port, configured as the product asks of a real one: no
 * limit on what it queues for an absent subscriber, sessions and retained messages kept on disk.
 *
 * <p>Not thread-safe. {@link #restart()} keeps the port and, after {@link #stop()}, everything the
 * broker held; after {@link #kill()} what its last autosave held.
 */
public final class LocalMosquitto implements LocalBroker {

  private static final Duration START_LIMIT = Duration.ofSeconds(20);

  private final Path folder;
  private final int port;
  private final LocalProcess process;

  private LocalMosquitto(Path folder, int port, LocalProcess process) {
    this.folder = folder;
    this.port = port;
    this.process = process;
  }

  /** Starts a broker on a free port. */
  public static LocalMosquitto start(Path folder) throws IOException, InterruptedException {
    return start(folder, FreePort.find());
  }

  /** Starts a broker that anybody on this machine may use. */
  public static LocalMosquitto start(Path folder, int port)
      throws IOException, InterruptedException {
    return start(folder, port, List.of("allow_anonymous true"));
  }

  /**
   * Starts a broker.
   *
   * @param folder for its configuration, log and data; created when missing
   * @param extra lines of mosquitto.conf after the plain listener's: who may log in (nobody without
   *     {@code allow_anonymous} or {@code password_file}), more listeners, plugins
   * @throws IOException if mosquitto is not installed, or does not listen within 20 seconds; the
   *     message carries the end of its log
   */
  public static LocalMosquitto start(Path folder, int port, List<String> extra)
      throws IOException, InterruptedException {
    Path program = findProgram();
    Files.createDirectories(folder);
    Files.write(folder.resolve("mosquitto.conf"), config(folder, port, extra));
    List<String> command =
        List.of(program.toString(), "-c", folder.resolve("mosquitto.conf").toString());
    return new LocalMosquitto(
        folder,
        port,
        LocalProcess.start(
            () -> command, folder.resolve("mosquitto.log"), ports(port, extra), START_LIMIT));
  }

  /** Mosquitto opens its listeners one after the other, and reads a certificate in between. */
  private static List<Integer> ports(int port, List<String> extra) {
    Stream<Integer> more =
        extra.stream()
            .filter(line -> line.startsWith("listener "))
            .map(line -> Integer.valueOf(line.split(" ", -1)[1]));
    return Stream.concat(Stream.of(port), more).toList();
  }

  private static List<String> config(Path folder, int port, List<String> extra) {
    List<String> lines = new ArrayList<>();
    if (Objects.equals(System.getProperty("user.name"), "root")) {
      // Started by root it would change to user mosquitto, who cannot write to our folder.
      lines.add("user root");
    }
    lines.add("persistence true");
    lines.add("persistence_location " + folder.toAbsolutePath() + "/");
    lines.add("autosave_interval 30");
    // With the default of 1000 it silently drops what is over it.
    lines.add("max_queued_messages 0");
    // Its default of 20 is also what it allows each publisher to have under way.
    lines.add("max_inflight_messages 0");
    lines.add("message_size_limit 0");
    // Nagle's algorithm would hold each alert back until the ACK of the one before.
    lines.add("set_tcp_nodelay true");
    lines.add("log_dest stdout");
    lines.add("connection_messages true");
    lines.add("listener " + port + " 127.0.0.1");
    lines.addAll(extra);
    return lines;
  }

  private static Path findProgram() throws IOException {
    return LocalProcess.find("mosquitto")
        .orElseThrow(
            () ->
                new IOException(
                    "mosquitto is not installed: apt-get install mosquitto, or put it on the"
                        + " PATH"));
  }

  @Override
  public int port() {
    return port;
  }

  /** The broker's log file. */
  public Path log() {
    return folder.resolve("mosquitto.log");
  }

  @Override
  public LocalProcess process() {
    return process;
  }
}
