package io.motorwatch.tools.demo;

import io.motorwatch.local.LocalInfluxDb;
import io.motorwatch.local.LocalMosquitto;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A private broker and a private database, with their data in a temporary folder that goes away
 * with them: when they are closed, or when a signal ends the process. What uses them is ended
 * before.
 */
public final class DemoServers implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(DemoServers.class);
  private static final int DELETE_TIMES = 5;

  private final Path folder;
  private final LocalMosquitto broker;
  private final LocalInfluxDb database;
  private final Runnable onSignal;
  private final Thread onExit = new Thread(this::signalled, "end-demo");
  private volatile @Nullable AutoCloseable user;
  private boolean ended;

  private DemoServers(
      Path folder, LocalMosquitto broker, LocalInfluxDb database, Runnable onSignal) {
    this.onSignal = onSignal;
    this.folder = folder;
    this.broker = broker;
    this.database = database;
  }

  /**
   * Starts both on free loopback ports. Blocks until they listen.
   *
   * @param onSignal called when a signal has ended them, as the last thing of the process
   * @throws IOException if one is not installed or does not start, with the end of its log
   */
  public static DemoServers start(Runnable onSignal) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("motorwatch-demo-");
    try {
      DemoServers servers = startIn(folder, onSignal);
      Runtime.getRuntime().addShutdownHook(servers.onExit);
      return servers;
    } catch (IOException | InterruptedException e) {
      delete(folder);
      throw e;
    }
  }

  private static DemoServers startIn(Path folder, Runnable onSignal)
      throws IOException, InterruptedException {
    LocalMosquitto broker =
        LocalMosquitto.start(Files.createDirectory(folder.resolve("mosquitto")));
    try {
      LocalInfluxDb database =
          LocalInfluxDb.start(Files.createDirectory(folder.resolve("influxdb")));
      return new DemoServers(folder, broker, database, onSignal);
    } catch (IOException | InterruptedException e) {
      broker.close();
      throw e;
    }
  }

  public Path folder() {
    return folder;
  }

  /** What is to be closed before the servers end, also by a signal. */
  void usedBy(AutoCloseable job) {
    user = job;
  }

  public String brokerUri() {
    return broker.uri();
  }

  public String databaseUrl() {
    return database.url();
  }

  /** Writes the config of a job on these servers, with the shipped patterns. */
  Path writeConfig(Path patterns) throws IOException {
    List<String> lines =
        List.of(
            "mqtt: {uri: '" + brokerUri() + "'}",
            "influx: {url: '" + databaseUrl() + "'}",
            "patterns: {file: '" + patterns.toAbsolutePath() + "'}",
            // The demo ends when its motors fall silent: their open windows are then written.
            "timeline: {silent-after: 3s}",
            "checkpoint: {dir: checkpoints}");
    return Files.write(folder.resolve("motorwatch.yaml"), lines);
  }

  /** Ends both and deletes their data. */
  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(onExit);
    } catch (IllegalStateException e) {
      // The process is ending: whoever comes first does it, the other waits for that.
      end();
      return;
    }
    end();
  }

  private void signalled() {
    end();
    onSignal.run();
  }

  private synchronized void end() {
    if (!ended) {
      ended = true;
      closeUser();
      database.close();
      broker.close();
      delete(folder);
    }
  }

  private void closeUser() {
    AutoCloseable job = user;
    if (job != null) {
      try {
        job.close();
      } catch (Exception e) {
        LOG.debug("the job does not end in order", e);
      }
    }
  }

  /** Several times: after a signal the job still writes its checkpoints while we delete them. */
  private static void delete(Path folder) {
    for (int times = 0; times < DELETE_TIMES && Files.exists(folder); times++) {
      deleteOnce(folder);
    }
  }

  private static void deleteOnce(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(DemoServers::deleteOne);
    } catch (IOException | UncheckedIOException e) {
      // Something there came or went meanwhile. What stays, in a temporary folder, the system
      // deletes.
      return;
    }
  }

  private static void deleteOne(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // It is tried again.
      return;
    }
  }
}
