package io.motorwatch.jobs.demo;

import io.motorwatch.local.LocalInfluxDb;
import io.motorwatch.local.LocalMosquitto;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A private broker and a private database, with their data in a temporary folder. */
public final class DemoServers implements AutoCloseable {

  private final Path folder;
  private final LocalMosquitto broker;
  private final LocalInfluxDb database;

  private DemoServers(Path folder, LocalMosquitto broker, LocalInfluxDb database) {
    this.folder = folder;
    this.broker = broker;
    this.database = database;
  }

  /**
   * Starts both on free loopback ports. Blocks until they listen.
   *
   * @throws IOException if one is not installed or does not start, with the end of its log
   */
  public static DemoServers start() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("motorwatch-demo-");
    LocalMosquitto broker =
        LocalMosquitto.start(Files.createDirectory(folder.resolve("mosquitto")));
    try {
      LocalInfluxDb database =
          LocalInfluxDb.start(Files.createDirectory(folder.resolve("influxdb")));
      return new DemoServers(folder, broker, database);
    } catch (IOException | InterruptedException e) {
      broker.close();
      throw e;
    }
  }

  public Path folder() {
    return folder;
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
    database.close();
    broker.close();
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(DemoServers::delete);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + folder, e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // In a temporary folder: the system will.
      return;
    }
  }
}
