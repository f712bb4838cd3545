package io.motorwatch.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A private InfluxDB 1.x on a loopback port, with everything it stores below one folder of the
 * caller's. Not thread-safe. {@link #close()} stops it and leaves the folder.
 */
public final class LocalInfluxDb implements LocalServer {

  /** Opening many shards can take a while on a slow disk. */
  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  private final Path folder;
  private final String program;
  private final int port;
  private final List<String> tls;
  private final LocalProcess process;

  private LocalInfluxDb(Path folder, int port, List<String> tls)
      throws IOException, InterruptedException {
    this.folder = Files.createDirectories(folder);
    this.program = findProgram();
    this.port = port;
    this.tls = tls;
    this.process =
        LocalProcess.start(
            this::command, folder.resolve("influxd.log"), List.of(port), START_LIMIT);
  }

  /**
   * Starts a server on a free port.
   *
   * @throws IOException if {@code influxd} is not installed or does not start; with the end of its
   *     log
   */
  public static LocalInfluxDb start(Path folder) throws IOException, InterruptedException {
    return start(folder, FreePort.find());
  }

  /** As {@link #start(Path)} with the HTTP port chosen by the caller. */
  public static LocalInfluxDb start(Path folder, int httpPort)
      throws IOException, InterruptedException {
    return new LocalInfluxDb(folder, httpPort, List.of());
  }

  /**
   * As {@link #start(Path)}, speaking HTTPS.
   *
   * @param certificate of the server, PEM
   * @param key its private key, PEM
   */
  public static LocalInfluxDb startHttps(Path folder, Path certificate, Path key)
      throws IOException, InterruptedException {
    return new LocalInfluxDb(
        folder,
        FreePort.find(),
        List.of(
            "https-enabled = true",
            "https-certificate = \"" + certificate.toAbsolutePath() + "\"",
            "https-private-key = \"" + key.toAbsolutePath() + "\""));
  }

  /** Whether {@code influxd} can be found, so that a caller can say what to install. */
  public static boolean installed() {
    return LocalProcess.find("influxd").isPresent();
  }

  /** The HTTP port. */
  public int port() {
    return port;
  }

  /** The HTTP address, without a slash at the end. */
  public String url() {
    return (tls.isEmpty() ? "http" : "https") + "://127.0.0.1:" + port;
  }

  @Override
  public LocalProcess process() {
    return process;
  }

  private List<String> command() throws IOException {
    Path config = folder.resolve("influxdb.conf");
    // The RPC port is another one at every start: nothing of ours connects to it.
    Files.writeString(config, configuration(FreePort.find()));
    return List.of(program, "-config", config.toString());
  }

  private String configuration(int rpcPort) {
    return """
        reporting-disabled = true
        bind-address = "127.0.0.1:%d"

        [meta]
          dir = "%2$s/meta"

        [data]
          dir = "%2$s/data"
          wal-dir = "%2$s/wal"
          query-log-enabled = false

        [retention]
          enabled = true

        [monitor]
          store-enabled = false

        [http]
          bind-address = "127.0.0.1:%3$d"
          log-enabled = false
          %4$s

        [logging]
          level = "warn"
        """
        .formatted(rpcPort, folder.toAbsolutePath(), port, String.join("\n  ", tls));
  }

  private static String findProgram() throws IOException {
    return LocalProcess.find("influxd")
        .orElseThrow(() -> new IOException("influxd is not installed (Debian package influxdb)"))
        .toString();
  }
}
