package io.motorwatch.sink.mqtt;

import io.motorwatch.local.FreePort;
import io.motorwatch.mqtt.BrokerAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A private Mosquitto that keeps what it confirmed when it is stopped in order. */
final class TestBroker implements AutoCloseable {

  private final int port = FreePort.find();
  private final List<String> command;
  private Process process;

  TestBroker(Path folder) throws IOException {
    Path config = folder.resolve("mosquitto.conf");
    Files.writeString(
        config,
        """
        listener %d 127.0.0.1
        allow_anonymous true
        user root
        persistence true
        persistence_location %s/
        max_queued_messages 0
        """
            .formatted(port, folder));
    command = List.of("/usr/sbin/mosquitto", "-c", config.toString());
    process = launch();
  }

  int port() {
    return port;
  }

  BrokerAddress address() {
    return BrokerAddress.of("tcp://127.0.0.1:" + port);
  }

  private Process launch() throws IOException {
    Process started =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    Awaitility.await().until(this::listens);
    return started;
  }

  private boolean listens() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  void stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      throw new IllegalStateException("mosquitto does not stop");
    }
  }

  void restart() throws IOException {
    process = launch();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
