package io.motorwatch.tools.endtoend;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import io.motorwatch.jobs.config.ConfigLoader;
import io.motorwatch.jobs.config.MotorwatchConfig;
import io.motorwatch.jobs.startup.Provisioning;
import io.motorwatch.local.LocalInfluxDb;
import io.motorwatch.local.LocalInfluxDb2;
import io.motorwatch.local.LocalMosquitto;
import io.motorwatch.tools.cluster.EmbeddedJob;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import okhttp3.OkHttpClient;
import org.influxdb.InfluxDB;
import org.influxdb.InfluxDBFactory;
import org.influxdb.dto.Query;
import org.influxdb.dto.QueryResult;
import org.jspecify.annotations.Nullable;

/** The main job on its embedded cluster, between a real broker and a real database. */
final class RunningJob implements AutoCloseable {

  private final LocalMosquitto broker;
  private final Database database;
  private final MotorwatchConfig config;
  private final Mqtt5BlockingClient client;
  private final Queue<Mqtt5Publish> heard = new ConcurrentLinkedQueue<>();
  private EmbeddedJob job;

  /**
   * The database, whichever it is.
   *
   * @param token null where it asks for none
   */
  record Database(String url, @Nullable String token, AutoCloseable server) {

    InfluxDB connect() {
      OkHttpClient.Builder http = new OkHttpClient.Builder();
      if (token != null) {
        http.addInterceptor(
            chain ->
                chain.proceed(
                    chain
                        .request()
                        .newBuilder()
                        .header("Authorization", "Token " + token)
                        .build()));
      }
      return InfluxDBFactory.connect(url, http);
    }
  }

  private RunningJob(LocalMosquitto broker, Database database, MotorwatchConfig config)
      throws Exception {
    this.broker = broker;
    this.database = database;
    this.config = config;
    this.job = start();
    this.client =
        MqttClient.builder()
            .useMqttVersion5()
            .identifier("test-" + UUID.randomUUID())
            .serverHost("127.0.0.1")
            .serverPort(broker.port())
            .automaticReconnectWithDefaultConfig()
            .buildBlocking();
    client.connect();
    client
        .toAsync()
        .subscribeWith()
        .addSubscription()
        .topicFilter("site/+/device/+/alert")
        .applySubscription()
        .addSubscription()
        .topicFilter("site/+/device/+/alarms/+")
        .applySubscription()
        .addSubscription()
        .topicFilter("site/+/device/+/command")
        .applySubscription()
        .callback(heard::add)
        .send()
        .join();
  }

  /**
   * Starts everything and waits until the job is subscribed.
   *
   * @param overrides {@code key=value} of the config
   */
  static RunningJob start(Path folder, String... overrides) throws Exception {
    LocalInfluxDb server = LocalInfluxDb.start(Files.createDirectory(folder.resolve("influx")));
    return start(folder, new Database(server.url(), null, server), List.of(overrides));
  }

  /** As {@link #start(Path, String...)}, with an InfluxDB 2.x. */
  static RunningJob startWithInfluxDb2(Path folder, String... overrides) throws Exception {
    LocalInfluxDb2 server = LocalInfluxDb2.start(folder.resolve("influx"));
    List<String> all = new ArrayList<>(List.of(overrides));
    all.add("influx.org=" + LocalInfluxDb2.ORG);
    all.add("influx.token=" + LocalInfluxDb2.TOKEN);
    return start(folder, new Database(server.url(), LocalInfluxDb2.TOKEN, server), all);
  }

  private static RunningJob start(Path folder, Database database, List<String> overrides)
      throws Exception {
    LocalMosquitto broker = LocalMosquitto.start(Files.createDirectory(folder.resolve("mqtt")));
    Path patterns = Path.of("../conf/patterns.yaml").toAbsolutePath();
    Path file =
        Files.writeString(folder.resolve("motorwatch.yaml"), "patterns: {file: " + patterns + "}");
    List<String> all =
        new ArrayList<>(
            List.of(
                "mqtt.uri=" + broker.uri(),
                "influx.url=" + database.url(),
                "checkpoint.dir=checkpoints",
                "checkpoint.interval=500ms",
                "timeline.silent-after=2s"));
    all.addAll(overrides);
    return new RunningJob(broker, database, ConfigLoader.load(file, all, Map.of()));
  }

  private EmbeddedJob start() throws Exception {
    Provisioning.run(config);
    EmbeddedJob started = EmbeddedJob.start(config, 1, true);
    if (!started.awaitReady(failure -> {})) {
      throw new IllegalStateException("the job ended instead of subscribing");
    }
    return started;
  }

  /** Stops with a savepoint and goes on from it. */
  void restart() throws Exception {
    job.stop(Duration.ofSeconds(30));
    job = start();
  }

  LocalMosquitto broker() {
    return broker;
  }

  Database database() {
    return database;
  }

  /** Everything that came, topics and payloads in order of arrival. */
  List<Mqtt5Publish> heard() {
    return List.copyOf(heard);
  }

  void publish(String topic, String payload) {
    publish(topic, payload.getBytes(StandardCharsets.UTF_8), false);
  }

  void publish(String topic, byte[] payload, boolean retain) {
    client
        .publishWith()
        .topic(topic)
        .payload(payload)
        .qos(MqttQos.AT_LEAST_ONCE)
        .retain(retain)
        .send();
  }

  /** What came on topics that end like this, payloads in order of arrival. */
  List<String> heard(String ending) {
    return heard.stream()
        .filter(publish -> publish.getTopic().toString().endsWith(ending))
        .map(publish -> new String(publish.getPayloadAsBytes(), StandardCharsets.UTF_8))
        .toList();
  }

  /** Rows of a query, each a map by column; tags of {@code GROUP BY} are left out. */
  List<List<Object>> rows(String query) {
    try (InfluxDB influx = database.connect()) {
      QueryResult result = influx.query(new Query(query, "motorwatch"));
      List<List<Object>> rows = new ArrayList<>();
      if (result.hasError()) {
        throw new IllegalStateException(query + ": " + result.getError());
      }
      for (QueryResult.Result part : result.getResults()) {
        if (part.hasError()) {
          throw new IllegalStateException(query + ": " + part.getError());
        }
        if (part.getSeries() != null) {
          part.getSeries().forEach(series -> rows.addAll(series.getValues()));
        }
      }
      return rows;
    }
  }

  /** The one number of a query such as {@code SELECT count(x)}; 0 where there is nothing. */
  long number(String query) {
    List<List<Object>> rows = rows(query);
    return rows.isEmpty() ? 0 : ((Number) rows.get(0).get(1)).longValue();
  }

  @Override
  public void close() throws Exception {
    client.disconnect();
    if (!job.ended()) {
      job.stop(Duration.ofSeconds(30));
    }
    database.server().close();
    broker.close();
  }
}
