package io.motorwatch.tools.command;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The same readings of two motors as CSV files and as lines for InfluxDB; a config and patterns.
 */
record HistoryFixture(Path folder, Instant begin) {

  static final String PATTERNS =
      """
      apiVersion: motorwatch/v1
      version: 2
      signals: {over: {value: current / ratedCurrent, above: 1.2, reset: 1.15}}
      patterns:
        overload: {sequence: [{on: over, for: 30s}], message: "at {value} for {duration}"}
      """;

  /** What both motors, rated at 10, raise from the beginning of 2026-01-05T08:00:00Z. */
  static final List<String> ALARMS =
      List.of(
          "plant/m2 overload 2026-01-05T08:01:20Z to 2026-01-05T08:01:25Z, WARNING: at 130 % for 30 s",
          "plant/m1 overload 2026-01-05T08:02:10Z to 2026-01-05T08:02:20Z, WARNING: at 130 % for 30 s",
          "plant/m1 overload 2026-01-05T08:04:30Z to 2026-01-05T08:04:31Z, WARNING: at 130 % for 30 s");

  static HistoryFixture of(Path folder) {
    return new HistoryFixture(folder, Instant.parse("2026-01-05T08:00:00Z"));
  }

  /** By motor, a current and for how many seconds, in turn. */
  private static int[] parts(String device) {
    return device.equals("m1")
        ? new int[] {9, 100, 13, 40, 9, 100, 13, 31, 9, 60}
        : new int[] {9, 50, 13, 35, 9, 50};
  }

  private List<String> rows(String device, String format) {
    List<String> rows = new ArrayList<>();
    int[] parts = parts(device);
    Instant at = begin;
    for (int part = 0; part < parts.length; part += 2) {
      for (int n = 0; n < parts[part + 1]; n++) {
        rows.add(
            format
                .replace("TIME", String.valueOf(at.toEpochMilli()))
                .replace("VALUE", parts[part] + ".0"));
        at = at.plusSeconds(1);
      }
    }
    return rows;
  }

  Path patterns() throws IOException {
    return Files.writeString(folder.resolve("patterns.yaml"), PATTERNS);
  }

  Path csv(String device) throws IOException {
    List<String> rows = rows(device, "TIME,VALUE");
    rows.add(0, "time,current");
    return Files.write(folder.resolve(device + ".csv"), rows);
  }

  /** A config whose database is there. */
  Path config(String more) throws IOException {
    patterns();
    return Files.writeString(
        folder.resolve("motorwatch.yaml"), "patterns: {file: patterns.yaml}\n" + more);
  }

  /** Line protocol of both motors; a field and a device of other names beside them. */
  String lines() {
    List<String> lines = new ArrayList<>();
    lines.addAll(rows("m1", "telemetry,site=plant,device=m1 current=VALUE,device_=1 TIME"));
    lines.addAll(rows("m2", "telemetry,site=plant,device=m2 current=VALUE TIME"));
    lines.addAll(rows("m2", "telemetry,site=hall\\ 3,device=it's\\,1 speed=1480,current=1.0 TIME"));
    return String.join("\n", lines);
  }

  /** Posts to a server, which must take it. */
  static void post(String url, String authorization, String body) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url)).POST(HttpRequest.BodyPublishers.ofString(body));
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    HttpResponse<String> response =
        HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() >= 300) {
      throw new IOException(url + ": " + response.statusCode() + " " + response.body());
    }
  }
}
