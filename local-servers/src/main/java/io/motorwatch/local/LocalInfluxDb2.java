package io.motorwatch.local;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A private InfluxDB 2.x on a loopback port, of the binary named by the environment variable {@code
 * MOTORWATCH_INFLUXD2} (Debian has no package of it), set up with one organisation and its
 * all-access token. Everything it stores is below one folder of the caller's. Not thread-safe.
 * {@link #close()} stops it and leaves the folder.
 */
public final class LocalInfluxDb2 implements LocalServer {

  /** The environment variable that names the binary. */
  public static final String VARIABLE = "MOTORWATCH_INFLUXD2";

  /** Of the organisation that is set up. */
  public static final String ORG = "motorwatch";

  /** May do everything there. */
  public static final String TOKEN = "all-access-token";

  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final Path folder;
  private final Path program;
  private final int port = FreePort.find();
  private final LocalProcess process;

  private LocalInfluxDb2(Path folder, Path program) throws IOException, InterruptedException {
    this.folder = Files.createDirectories(folder);
    this.program = program;
    this.process =
        LocalProcess.start(
            this::command, folder.resolve("influxd.log"), List.of(port), START_LIMIT);
  }

  /** The binary; none where the variable is not set, which leaves 2.x untested. */
  public static Optional<Path> program() {
    String named = System.getenv(VARIABLE);
    return named == null || named.isEmpty() ? Optional.empty() : Optional.of(Path.of(named));
  }

  /**
   * Starts a server and sets it up, with one bucket {@code unused}.
   *
   * @throws IOException if the variable names no binary that starts; with the end of its log
   */
  public static LocalInfluxDb2 start(Path folder) throws IOException, InterruptedException {
    Path program = program().orElseThrow(() -> new IOException(VARIABLE + " is not set"));
    LocalInfluxDb2 server = new LocalInfluxDb2(folder, program);
    try {
      server.request(
          "POST",
          "/api/v2/setup",
          "",
          """
          {"username":"operator","password":"operator-password","org":"%s","bucket":"unused","token":"%s"}"""
              .formatted(ORG, TOKEN));
    } catch (IOException | InterruptedException e) {
      server.close();
      throw e;
    }
    return server;
  }

  private List<String> command() {
    return List.of(
        program.toString(),
        "--reporting-disabled",
        "--bolt-path=" + folder.resolve("influxd.bolt"),
        "--sqlite-path=" + folder.resolve("influxd.sqlite"),
        "--engine-path=" + folder.resolve("engine"),
        "--http-bind-address=127.0.0.1:" + port,
        "--log-level=error");
  }

  /** The HTTP port. */
  public int port() {
    return port;
  }

  /** The HTTP address, without a slash at the end. */
  public String url() {
    return "http://127.0.0.1:" + port;
  }

  /**
   * Asks its API.
   *
   * @param token an empty text asks without
   * @param body an empty text sends none
   * @return the answer's body
   * @throws IOException if the answer is no success
   */
  public String request(String method, String path, String token, String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url() + path))
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    if (!token.isEmpty()) {
      request.header("Authorization", "Token " + token);
    }
    HttpResponse<String> response =
        HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() >= 300) {
      throw new IOException(
          method + " " + path + ": " + response.statusCode() + " " + response.body());
    }
    return response.body();
  }

  @Override
  public LocalProcess process() {
    return process;
  }
}
