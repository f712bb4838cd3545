package io.motorwatch.sink.influx;

import java.net.URL;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.connector.testframe.external.ExternalSystemDataReader;
import org.apache.flink.connector.testframe.external.sink.DataStreamSinkV2ExternalContext;
import org.apache.flink.connector.testframe.external.sink.TestingSinkSettings;

/** A database of one test of Flink's suite; each text is a point of its own. */
final class InfluxSuiteContext implements DataStreamSinkV2ExternalContext<String> {

  private static final int COUNT = 500;

  private final InfluxConnection connection;
  private final String database = "suite-" + UUID.randomUUID();
  private final String url;

  InfluxSuiteContext(String url) {
    this.url = url;
    this.connection = InfluxConnection.of(url, database);
    try {
      InfluxProvisioner.provision(
          connection, List.of(Retention.unlimited("hot"), Retention.unlimited("events")));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Sink<String> createSink(TestingSinkSettings settings) {
    return InfluxSink.<String>builder()
        .connection(connection)
        .serializer(
            (text, out) -> out.begin("hot", "texts").tag("text", text).field("there", 1).time(1))
        .flushInterval(Duration.ofMillis(50))
        .build();
  }

  /** A point written twice is one point, so that none may come twice here. */
  @Override
  public ExternalSystemDataReader<String> createSinkDataReader(TestingSinkSettings settings) {
    Set<String> seen = new TreeSet<>();
    return new ExternalSystemDataReader<>() {
      @Override
      public List<String> poll(Duration timeout) {
        List<String> fresh = new ArrayList<>();
        try (InfluxQueries queries = new InfluxQueries(url, database)) {
          for (Map<String, Object> row : queries.rows("SELECT there, text FROM hot.texts")) {
            String text = (String) row.get("text");
            if (seen.add(text)) {
              fresh.add(text);
            }
          }
        }
        return fresh;
      }

      @Override
      public void close() {
        // Nothing is held between two polls.
      }
    };
  }

  @Override
  public List<String> generateTestData(TestingSinkSettings settings, long seed) {
    Random random = new Random(seed);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < COUNT; i++) {
      texts.add(i + "-" + Long.toHexString(random.nextLong()));
    }
    return texts;
  }

  @Override
  public TypeInformation<String> getProducedType() {
    return Types.STRING;
  }

  @Override
  public List<URL> getConnectorJarPaths() {
    return List.of();
  }

  @Override
  public void close() {
    // The database goes with the server.
  }
}
