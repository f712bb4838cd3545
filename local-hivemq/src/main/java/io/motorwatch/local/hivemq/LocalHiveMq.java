package io.motorwatch.local.hivemq;

import io.motorwatch.local.FreePort;
import io.motorwatch.local.LocalBroker;
import io.motorwatch.local.LocalProcess;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;

/**
 * A private HiveMQ Community Edition broker on a free loopback port, with its sessions, queues and
 * retained messages on disk. It runs in a JVM of its own, by the class path that the build of this
 * module has written: its libraries are in other versions than ours.
 *
 * <p>Not thread-safe. {@link #restart()} keeps port and data. Unlike Mosquitto it does not limit
 * what a {@link #kill()} may lose: it syncs its files about once a second.
 */
public final class LocalHiveMq implements LocalBroker {

  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  private final Path folder;
  private final int port;
  private final LocalProcess process;

  private LocalHiveMq(Path folder, int port, LocalProcess process) {
    this.folder = folder;
    this.port = port;
    this.process = process;
  }

  /** Starts a broker that anybody on this machine may use. */
  public static LocalHiveMq start(Path folder) throws IOException, InterruptedException {
    return start(folder, HiveMqOptions.unlimited());
  }

  /**
   * Starts a broker.
   *
   * @param folder for its configuration, log and data; created when missing
   * @throws IOException if it does not listen within a minute, with the end of its log; or if this
   *     module has not been built by Maven
   */
  public static LocalHiveMq start(Path folder, HiveMqOptions options)
      throws IOException, InterruptedException {
    int port = FreePort.find();
    Path home = folder.toAbsolutePath();
    for (String part : List.of("conf", "data", "extensions", "log", "tmp")) {
      Files.createDirectories(home.resolve(part));
    }
    Files.writeString(home.resolve("conf/config.xml"), config(port, options));
    Files.writeString(home.resolve("conf/logback.xml"), LOGBACK);
    Properties users = new Properties();
    users.putAll(options.passwords());
    try (var out = Files.newOutputStream(home.resolve("conf").resolve(HiveMqMain.USERS))) {
      users.store(out, null);
    }
    List<String> command = command(home);
    return new LocalHiveMq(
        folder,
        port,
        LocalProcess.start(() -> command, home.resolve("hivemq.log"), List.of(port), START_LIMIT));
  }

  private static List<String> command(Path home) throws IOException {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx512m",
        "-XX:+UseSerialGC",
        "-Djava.io.tmpdir=" + home.resolve("tmp"),
        "-Dhivemq.home=" + home,
        "--add-opens=java.base/java.lang=ALL-UNNAMED",
        "--add-opens=java.base/java.nio=ALL-UNNAMED",
        "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
        "--add-opens=jdk.management/com.sun.management.internal=ALL-UNNAMED",
        "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
        "-cp",
        ownCode() + File.pathSeparator + classPath(),
        HiveMqMain.class.getName(),
        home.toString());
  }

  private static Path ownCode() throws IOException {
    try {
      return Path.of(LocalHiveMq.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IOException("where LocalHiveMq was loaded from is not a file", e);
    }
  }

  private static String classPath() throws IOException {
    try (InputStream in = LocalHiveMq.class.getResourceAsStream("class-path.txt")) {
      if (in == null) {
        throw new IOException(
            "the class path of HiveMQ is missing: build local-hivemq with Maven, up to"
                + " process-classes");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    }
  }

  private static String config(int port, HiveMqOptions options) {
    return """
        <?xml version="1.0"?>
        <hivemq>
          <listeners>
            <tcp-listener>
              <port>%d</port>
              <bind-address>127.0.0.1</bind-address>
            </tcp-listener>
          </listeners>
          <mqtt>
            <queued-messages>
              <max-queue-size>%d</max-queue-size>
              <strategy>discard</strategy>
            </queued-messages>
            <receive-maximum>
              <server-receive-maximum>%d</server-receive-maximum>
            </receive-maximum>
          </mqtt>
          <anonymous-usage-statistics>
            <enabled>false</enabled>
          </anonymous-usage-statistics>
          <persistence>
            <mode>file</mode>
          </persistence>
        </hivemq>
        """
        .formatted(port, options.maxQueueSize(), options.serverReceiveMaximum());
  }

  /** Connections and disconnections are at debug, by loggers named event. */
  private static final String LOGBACK =
      """
      <configuration>
        <appender name="OUT" class="ch.qos.logback.core.ConsoleAppender">
          <encoder><pattern>%d %-5level %logger{20} %msg%n</pattern></encoder>
        </appender>
        <root level="INFO"><appender-ref ref="OUT"/></root>
        <logger name="event" level="DEBUG"/>
        <logger name="jetbrains" level="WARN"/>
      </configuration>
      """;

  @Override
  public int port() {
    return port;
  }

  /** The broker's log file, with a line for each client that connects or disconnects. */
  public Path log() {
    return folder.resolve("hivemq.log");
  }

  @Override
  public LocalProcess process() {
    return process;
  }
}
