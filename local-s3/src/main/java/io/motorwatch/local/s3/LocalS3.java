package io.motorwatch.local.s3;

import io.motorwatch.local.FreePort;
import io.motorwatch.local.LocalProcess;
import io.motorwatch.local.LocalServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A private S3Proxy on a free loopback port, with one bucket in memory, for anybody on this
 * machine. It runs in a JVM of its own, by the class path that the build of this module has
 * written. Not thread-safe.
 */
public final class LocalS3 implements LocalServer {

  public static final String BUCKET = "bucket";
  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  private final int port;
  private final LocalProcess process;

  private LocalS3(int port, LocalProcess process) {
    this.port = port;
    this.process = process;
  }

  /**
   * Starts it.
   *
   * @param folder for its configuration and log; created when missing
   * @throws IOException if it does not listen within a minute, with the end of its log; or if this
   *     module has not been built by Maven
   */
  public static LocalS3 start(Path folder) throws IOException, InterruptedException {
    int port = FreePort.find();
    Path home = folder.toAbsolutePath();
    Files.createDirectories(home);
    Path settings =
        Files.writeString(
            home.resolve("s3proxy.properties"),
            """
            s3proxy.endpoint=http://127.0.0.1:%d
            s3proxy.authorization=none
            jclouds.provider=transient
            jclouds.identity=any
            jclouds.credential=any
            """
                .formatted(port));
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-cp",
            classPath(),
            "org.gaul.s3proxy.Main",
            "--properties",
            settings.toString());
    LocalS3 store =
        new LocalS3(
            port,
            LocalProcess.start(() -> command, home.resolve("s3.log"), List.of(port), START_LIMIT));
    store.makeBucket();
    return store;
  }

  private void makeBucket() throws IOException, InterruptedException {
    HttpRequest put =
        HttpRequest.newBuilder(URI.create(endpoint() + "/" + BUCKET))
            .PUT(HttpRequest.BodyPublishers.noBody())
            .build();
    HttpResponse<String> answer =
        HttpClient.newHttpClient().send(put, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      close();
      throw new IOException("no bucket: " + answer.statusCode() + " " + answer.body());
    }
  }

  private static String classPath() throws IOException {
    try (InputStream in = LocalS3.class.getResourceAsStream("class-path.txt")) {
      if (in == null) {
        throw new IOException(
            "the class path of S3Proxy is missing: build local-s3 with Maven, up to"
                + " process-classes");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    }
  }

  /** To be addressed by path: {@code http://127.0.0.1:port}. */
  public String endpoint() {
    return "http://127.0.0.1:" + port;
  }

  @Override
  public LocalProcess process() {
    return process;
  }
}
