package io.motorwatch.source.mqtt;

import io.motorwatch.mqtt.BrokerAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

public final class ExampleJob {

  private ExampleJob() {}

  public static void main(String[] args) throws Exception {
    MqttSource source =
        MqttSource.builder()
            .broker(BrokerAddress.of(args[0]))
            .clientIdPrefix("line-3-reader")
            .telemetryFilters(List.of("plant/+/telemetry"))
            .retainedFilters(List.of("plant/+/nameplate"))
            .sessionExpiry(Duration.ofDays(2))
            .build();

    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    // Without checkpoints nothing is ever acknowledged.
    env.enableCheckpointing(1_000);
    env.fromSource(source, WatermarkStrategy.noWatermarks(), "mqtt")
        .uid("mqtt")
        .map(message -> message.topic() + ": " + text(message))
        .returns(Types.STRING)
        .print();
    env.execute("Read MQTT");
  }

  private static String text(MqttMessage message) {
    return new String(message.payload(), StandardCharsets.UTF_8);
  }
}
