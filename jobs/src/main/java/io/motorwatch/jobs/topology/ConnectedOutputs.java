package io.motorwatch.jobs.topology;

import io.motorwatch.jobs.config.CommandsConfig;
import io.motorwatch.jobs.config.InfluxConfig;
import io.motorwatch.jobs.config.MotorwatchConfig;
import io.motorwatch.model.Alarm;
import io.motorwatch.model.TimelineReading;
import io.motorwatch.mqtt.publish.OutgoingMessage;
import io.motorwatch.sink.influx.InfluxApi;
import io.motorwatch.sink.influx.InfluxConnection;
import io.motorwatch.sink.influx.InfluxSink;
import io.motorwatch.sink.influx.PointSerializer;
import io.motorwatch.sink.influx.PointWriter;
import io.motorwatch.sink.influx.Retention;
import io.motorwatch.sink.influx.schema.AggregatePoints;
import io.motorwatch.sink.influx.schema.AlarmPoints;
import io.motorwatch.sink.influx.schema.DeviceStatusPoints;
import io.motorwatch.sink.influx.schema.RejectionPoints;
import io.motorwatch.sink.influx.schema.TelemetryPoints;
import io.motorwatch.sink.influx.schema.TierInfoPoints;
import io.motorwatch.sink.mqtt.AlarmMessages;
import io.motorwatch.sink.mqtt.DeviceCommands;
import io.motorwatch.sink.mqtt.MessageSerializer;
import io.motorwatch.sink.mqtt.MqttSink;
import io.motorwatch.source.decode.MessageDecoder;
import io.motorwatch.tiers.TierSettings;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The outputs of the configured database and broker. */
public final class ConnectedOutputs {

  /** Where alerts go, whatever topics devices publish to (contract §3). */
  private static final String DEVICE_TOPICS = "site/{site}/device/{device}";

  private ConnectedOutputs() {}

  public static Outputs of(MotorwatchConfig config) {
    Duration keepHot = keep(config.tiers().hot());
    return new Outputs(
        influx(config, new HotPoints(new TelemetryPoints(keepHot, Clock.systemUTC()))),
        influx(config, new AggregatePoints(config.tiers().aggregatedNames())),
        influx(config, new AlarmPoints()),
        MqttSink.<Alarm>builder()
            .broker(config.mqtt().broker())
            .mqttVersion(config.mqtt().version())
            .clientId(config.mqtt().clientIdPrefix() + "-alerts")
            .serializer(messages(config.commands()))
            .build(),
        influx(config, new DeviceStatusPoints()),
        influx(config, new RejectionPoints()),
        influx(config, new TierInfoPoints(config.tiers().telemetryNames())),
        MqttSink.<String>builder()
            .broker(config.mqtt().broker())
            .mqttVersion(config.mqtt().version())
            .clientId(config.mqtt().clientIdPrefix() + "-verdicts")
            .serializer(new VerdictMessages())
            .build());
  }

  /** A command follows the alerts of the same alarm, on the same connection. */
  private static MessageSerializer<Alarm> messages(CommandsConfig commands) {
    MessageSerializer<Alarm> alerts = new AlarmMessages(DEVICE_TOPICS);
    return commands.enabled() ? alerts.andThen(new DeviceCommands(DEVICE_TOPICS)) : alerts;
  }

  private static <T> InfluxSink<T> influx(MotorwatchConfig config, PointSerializer<T> points) {
    InfluxConfig influx = config.influx();
    return InfluxSink.<T>builder()
        .connection(connection(influx))
        .serializer(points)
        .batchSize(influx.batchSize())
        .flushInterval(Duration.ofMillis(influx.flushIntervalMs()))
        .build();
  }

  /** How the database is reached. */
  public static InfluxConnection connection(InfluxConfig config) {
    return new InfluxConnection(
        URI.create(config.url()),
        InfluxApi.valueOf(config.api().name()),
        config.database(),
        config.org(),
        config.token(),
        config.credentials(),
        config.tls());
  }

  /** The retention policies or buckets the points need, hot first. */
  public static List<Retention> retentions(TierSettings config) {
    List<Retention> retentions = new ArrayList<>();
    retentions.add(new Retention(config.hot().name(), keep(config.hot())));
    for (TierSettings.Tier tier : config.aggregated()) {
      retentions.add(new Retention(tier.name(), keep(tier)));
    }
    retentions.add(new Retention(config.events().name(), keep(config.events())));
    return retentions;
  }

  private static @Nullable Duration keep(TierSettings.Tier tier) {
    return tier.isKeptIndefinitely() ? null : Duration.ofMillis(tier.keepMs());
  }

  /** Retained: who comes later finds what became of the newest file. */
  private record VerdictMessages() implements MessageSerializer<String> {

    private static final long serialVersionUID = 1L;

    @Override
    public void serialize(String verdict, Consumer<OutgoingMessage> out) {
      byte[] json = verdict.getBytes(StandardCharsets.UTF_8);
      out.accept(new OutgoingMessage(MessageDecoder.PATTERNS_STATUS_TOPIC, json, 1, true));
    }
  }

  /** The reading as it came, also a late one. */
  private record HotPoints(TelemetryPoints points) implements PointSerializer<TimelineReading> {

    private static final long serialVersionUID = 1L;

    @Override
    public void serialize(TimelineReading element, PointWriter out) {
      points.serialize(element.reading(), out);
    }

    @Override
    public Set<String> tiers() {
      return points.tiers();
    }
  }
}
