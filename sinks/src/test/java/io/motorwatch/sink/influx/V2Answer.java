package io.motorwatch.sink.influx;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import okhttp3.mockwebserver.MockResponse;

/**
 * A request and what an InfluxDB 2.7.12 answered: one of the table in {@code influxdb-2.7.12.txt}.
 *
 * @param token whose request it was: all, limited, wrong or none
 * @param gzip how the body was compressed: an empty text, {@code gzip}, or {@code claims gzip}
 * @param sent the request's body
 */
record V2Answer(
    String name,
    String method,
    String target,
    String token,
    String gzip,
    String sent,
    int status,
    Map<String, String> headers,
    String body) {

  static final String ORG_ID = "0a0a0a0a0a0a0a0a";
  static final String BUCKET_ID = "0b0b0b0b0b0b0b0b";

  private static final Map<String, V2Answer> TABLE = read();

  static V2Answer named(String name) {
    V2Answer answer = TABLE.get(name);
    if (answer == null) {
      throw new IllegalArgumentException("no answer " + name + " in the table");
    }
    return answer;
  }

  static List<V2Answer> all() {
    return List.copyOf(TABLE.values());
  }

  /** The answers to requests that write points. */
  static List<V2Answer> writes() {
    return all().stream().filter(answer -> answer.target().startsWith("/api/v2/write")).toList();
  }

  V2Answer with(String part, String replacement) {
    if (!body.contains(part)) {
      throw new IllegalArgumentException(name + " has no " + part);
    }
    return new V2Answer(
        name, method, target, token, gzip, sent, status, headers, body.replace(part, replacement));
  }

  MockResponse mock() {
    MockResponse response = new MockResponse().setResponseCode(status);
    headers.forEach(response::setHeader);
    return body.isEmpty() ? response : response.setBody(body);
  }

  @Override
  public String toString() {
    return name;
  }

  private static Map<String, V2Answer> read() {
    String text;
    try (InputStream file = V2Answer.class.getResourceAsStream("/influxdb-2.7.12.txt")) {
      text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    Map<String, V2Answer> table = new LinkedHashMap<>();
    String[] parts = text.split("(?m)^=== ");
    for (int i = 1; i < parts.length; i++) {
      V2Answer answer = parse(parts[i].lines().toList());
      table.put(answer.name(), answer);
    }
    return table;
  }

  private static V2Answer parse(List<String> lines) {
    List<String> asked = marked(lines, "> ");
    List<String> said = marked(lines, "< ");
    String[] request = asked.get(0).split(" ", 2);
    Map<String, String> headers = new LinkedHashMap<>();
    for (String header : said.subList(1, said.size())) {
      headers.put(header.split(": ", 2)[0], header.split(": ", 2)[1]);
    }
    return new V2Answer(
        lines.get(0),
        request[0],
        request[1],
        asked.get(1).substring("token ".length()),
        asked.stream().filter(line -> line.endsWith("gzip")).findFirst().orElse(""),
        asked.stream()
            .filter(line -> line.startsWith("|"))
            .map(line -> line.substring(Math.min(2, line.length())))
            .collect(Collectors.joining("\n")),
        Integer.parseInt(said.get(0)),
        headers,
        String.join("\n", lines.subList(1 + asked.size() + said.size(), lines.size())));
  }

  private static List<String> marked(List<String> lines, String mark) {
    List<String> found = new ArrayList<>();
    for (String line : lines) {
      if (line.startsWith(mark)) {
        found.add(line.substring(mark.length()));
      }
    }
    return found;
  }
}
