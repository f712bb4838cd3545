package io.motorwatch.sink.influx;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.influxdb.InfluxDB;
import org.influxdb.dto.Query;
import org.influxdb.dto.QueryResult;
import org.jspecify.annotations.Nullable;

/** Database and retention policies of InfluxDB 1.x. */
final class V1Provisioning {

  private static final Pattern HOURS = Pattern.compile("(\\d+)h(\\d+)m(\\d+)s");

  private record Policy(long seconds, boolean isDefault) {}

  private final InfluxConnection connection;
  private final HttpTransport transport;
  private final InfluxDB client;

  private V1Provisioning(InfluxConnection connection, HttpTransport transport, InfluxDB client) {
    this.connection = connection;
    this.transport = transport;
    this.client = client;
  }

  static List<String> run(InfluxConnection connection, List<Retention> retentions)
      throws IOException {
    try (HttpTransport transport = new HttpTransport(connection);
        InfluxDB client = V1Client.open(connection, transport)) {
      return new V1Provisioning(connection, transport, client).run(retentions);
    }
  }

  private List<String> run(List<Retention> retentions) throws IOException {
    List<String> warnings = new ArrayList<>();
    Retention first = retentions.get(0);
    if (!databaseExists()) {
      // With its own policy from the start, so that there is no "autogen" to write to by mistake.
      execute(
          "CREATE DATABASE "
              + database()
              + " WITH "
              + terms(first)
              + " NAME "
              + quoted(first.tier()));
    }
    Map<String, Policy> existing = policies();
    for (Retention wanted : retentions) {
      Policy policy = existing.get(wanted.tier());
      if (policy == null) {
        execute(
            "CREATE RETENTION POLICY %s ON %s %s"
                .formatted(quoted(wanted.tier()), database(), terms(wanted)));
      } else if (policy.seconds() != wanted.seconds()) {
        warnings.add(
            "retention policy %s of %s keeps %s, configured is %s; left as it is"
                .formatted(
                    wanted.tier(),
                    connection.database(),
                    Retention.describe(policy.seconds()),
                    Retention.describe(wanted.seconds())));
      }
    }
    Policy ofFirst = existing.get(first.tier());
    if (ofFirst == null || !ofFirst.isDefault()) {
      warnings.add(
          "the default retention policy of %s is not %s; left as it is"
              .formatted(connection.database(), first.tier()));
    }
    return warnings;
  }

  private boolean databaseExists() throws IOException {
    return execute("SHOW DATABASES").stream()
        .anyMatch(row -> connection.database().equals(row.get("name")));
  }

  private Map<String, Policy> policies() throws IOException {
    Map<String, Policy> policies = new HashMap<>();
    for (Map<String, Object> row : execute("SHOW RETENTION POLICIES ON " + database())) {
      policies.put(
          String.valueOf(row.get("name")),
          new Policy(
              seconds(String.valueOf(row.get("duration"))),
              Boolean.TRUE.equals(row.get("default"))));
    }
    return policies;
  }

  /** As 1.x prints durations: {@code 24h0m0s}, {@code 0s}. */
  private static long seconds(String duration) {
    Matcher matcher = HOURS.matcher(duration);
    if (!matcher.matches()) {
      return 0;
    }
    return Duration.ofHours(Long.parseLong(matcher.group(1)))
        .plusMinutes(Long.parseLong(matcher.group(2)))
        .plusSeconds(Long.parseLong(matcher.group(3)))
        .toSeconds();
  }

  private static String terms(Retention retention) {
    String duration = retention.keep() == null ? "INF" : retention.seconds() + "s";
    return "DURATION %s REPLICATION 1 SHARD DURATION %dh"
        .formatted(duration, retention.shard().toHours());
  }

  private String database() {
    return quoted(connection.database());
  }

  private static String quoted(String name) {
    return '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private List<Map<String, Object>> execute(String command) throws IOException {
    AtomicReference<@Nullable QueryResult> result = new AtomicReference<>();
    WriteResponse response =
        transport.observe(
            () -> result.set(client.query(new Query(command, connection.database(), true))));
    InfluxProbe.require(connection, response);
    try {
      return V1Rows.of(result.get());
    } catch (IOException e) {
      throw new InfluxUnreachableException(
          "InfluxDB at %s, asked '%s', %s".formatted(connection.address(), command, e.getMessage()),
          false,
          e);
    }
  }
}
