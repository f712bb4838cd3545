package io.motorwatch.benchmarks;

import io.motorwatch.model.Attributes;
import io.motorwatch.model.DeviceId;
import java.io.BufferedWriter;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Recordings of healthy motors, a reading a second of six noisy fields, as CSV and in InfluxDB.
 *
 * @param files one of each device, named after it
 */
record HistoryFiles(List<Path> files) {

  static final int FIELDS = 6;
  static final String DATABASE = "motorwatch";
  static final Attributes NAMEPLATE =
      Attributes.ofNumbers(
          Map.of(
              "ratedCurrent", 10.0,
              "ratedSpeed", 1480.0,
              "ratedVoltage", 400.0,
              "maxTemperature", 120.0,
              "tripClass", 10.0));

  private static final long START = 1_750_000_000_000L;
  private static final String[] NAMES = {
    "current", "speed", "temperature", "vibration", "voltage", "power"
  };
  private static final int BATCH = 20_000;

  static DeviceId device(Path file) {
    return new DeviceId("plant", String.valueOf(file.getFileName()).replace(".csv", ""));
  }

  static HistoryFiles write(Path folder, int devices, int readings) throws IOException {
    List<Path> files = new ArrayList<>();
    for (int device = 0; device < devices; device++) {
      Path file = folder.resolve("motor-" + device + ".csv");
      SplittableRandom random = new SplittableRandom(device);
      try (BufferedWriter out = Files.newBufferedWriter(file)) {
        out.write("time," + String.join(",", NAMES) + "\n");
        StringBuilder row = new StringBuilder();
        for (int i = 0; i < readings; i++) {
          row.setLength(0);
          row.append(START + 1000L * i);
          row.append(',').append((900 + random.nextInt(100)) / 100.0);
          row.append(',').append((14_700 + random.nextInt(100)) / 10.0);
          row.append(',').append((600 + random.nextInt(60)) / 10.0);
          row.append(',').append((2_000 + random.nextInt(100)) / 1000.0);
          row.append(',').append((3_950 + random.nextInt(80)) / 10.0);
          row.append(',').append((4_800 + random.nextInt(800)) / 1000.0).append('\n');
          out.append(row);
        }
      }
      files.add(file);
    }
    return new HistoryFiles(List.copyOf(files));
  }

  /** Writes them into a new database of InfluxDB 1.x. */
  void store(String url) throws IOException, InterruptedException {
    HttpClient client = HttpClient.newHttpClient();
    String create = "CREATE DATABASE " + DATABASE + " WITH DURATION INF NAME hot";
    post(client, url + "/query?q=" + create.replace(" ", "%20"), "");
    StringBuilder lines = new StringBuilder();
    int count = 0;
    for (Path file : files) {
      for (String row : Files.readAllLines(file)) {
        if (row.startsWith("time")) {
          continue;
        }
        String[] cells = row.split(",");
        lines.append("telemetry,site=plant,device=").append(device(file).device());
        for (int i = 0; i < FIELDS; i++) {
          lines.append(i == 0 ? ' ' : ',').append(NAMES[i]).append('=').append(cells[i + 1]);
        }
        lines.append(' ').append(cells[0]).append('\n');
        if (++count % BATCH == 0) {
          write(client, url, lines);
        }
      }
    }
    write(client, url, lines);
  }

  private static void write(HttpClient client, String url, StringBuilder lines)
      throws IOException, InterruptedException {
    post(client, url + "/write?db=" + DATABASE + "&rp=hot&precision=ms", lines.toString());
    lines.setLength(0);
  }

  private static void post(HttpClient client, String url, String body)
      throws IOException, InterruptedException {
    HttpResponse<String> response =
        client.send(
            HttpRequest.newBuilder(URI.create(url))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() >= 300) {
      throw new IOException(url + ": " + response.statusCode() + " " + response.body());
    }
  }
}
