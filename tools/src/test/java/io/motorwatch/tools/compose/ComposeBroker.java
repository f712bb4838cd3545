package io.motorwatch.tools.compose;

import static org.awaitility.Awaitility.await;

import io.motorwatch.local.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Mosquitto started by the compose files' own script with their own files, but for its paths. */
final class ComposeBroker implements AutoCloseable {

  private static final String CONFIG = "/mosquitto/config";
  private static final String DATA = "/mosquitto/data";

  private final Process process;
  private final int port;

  private ComposeBroker(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts it.
   *
   * @param listener which of the listeners' files: plain or tls
   * @param tls what stands for docker/tls; need not be there
   */
  static ComposeBroker start(Path folder, String listener, Path tls) throws Exception {
    Path config = folder.resolve("config");
    Path data = Files.createDirectories(folder.resolve("data"));
    ComposeFile.MAIN.layOut("mosquitto", CONFIG, config);
    int port = FreePort.find();
    Path listeners = config.resolve("listeners/listener.conf");
    Files.writeString(
        listeners,
        Files.readString(ComposeFile.ROOT.resolve("docker/listener-" + listener + ".conf"))
            .replaceFirst("listener \\d+", "listener " + port + " 127.0.0.1"));
    for (Path file : new Path[] {listeners, config.resolve("mosquitto.conf")}) {
      Files.writeString(
          file,
          Files.readString(file).replace(CONFIG, config.toString()).replace(DATA, data.toString()));
    }
    if (System.getProperty("user.name").equals("root")) {
      // Its own user cannot look into a temporary folder of root's.
      Files.writeString(config.resolve("mosquitto.conf"), "user root\n", StandardOpenOption.APPEND);
    }
    if (Files.exists(tls)) {
      Files.createDirectories(config.resolve("tls"));
      try (Stream<Path> files = Files.list(tls)) {
        for (Path file : (Iterable<Path>) files::iterator) {
          Files.copy(file, config.resolve("tls").resolve(file.getFileName()));
        }
      }
    }
    ProcessBuilder builder =
        new ProcessBuilder("sh", config.resolve("start").toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile());
    builder
        .environment()
        .putAll(
            Map.of(
                "MOSQUITTO_CONFIG", config.toString(),
                "MOSQUITTO_DATA", data.toString(),
                "PATH", System.getenv("PATH") + ":/usr/sbin"));
    ComposeBroker broker = new ComposeBroker(builder.start(), port);
    await()
        .atMost(Duration.ofSeconds(20))
        .failFast("Mosquitto ended; see its log", () -> !broker.process.isAlive())
        .until(broker::listens);
    return broker;
  }

  private boolean listens() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  int port() {
    return port;
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}
