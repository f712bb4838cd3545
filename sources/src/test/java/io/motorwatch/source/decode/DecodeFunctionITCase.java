package io.motorwatch.source.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.motorwatch.model.DeviceEvent;
import io.motorwatch.model.RejectReason;
import io.motorwatch.model.serialization.DeviceEventSerializer;
import io.motorwatch.source.mqtt.MqttMessage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DecodeFunctionITCase {

  private static MqttMessage message(String topic, String payload) {
    return Collected.message(topic, payload.getBytes(StandardCharsets.UTF_8), null);
  }

  @Test
  void sendsEventsRejectionsAndPatternsToTheirOutputs() throws Exception {
    Configuration config = new Configuration();
    config.set(PipelineOptions.GENERIC_TYPES, false);
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(config).setParallelism(1);
    SingleOutputStreamOperator<DeviceEvent> events =
        env.fromData(
                List.of(
                    message(Collected.TELEMETRY, "[{\"ts\":1,\"a\":1},{\"ts\":2}]"),
                    message(MessageDecoder.PATTERNS_TOPIC, "version: 1"),
                    message("elsewhere", "x")),
                MqttMessage.TYPE_INFO)
            .process(
                new DecodeFunction(
                    List.of(TopicTemplate.parse("site/{site}/device/{device}")),
                    SignatureVerifier.NONE,
                    MessageDecoder.DEFAULT_MAX_PAYLOAD_BYTES,
                    60))
            .returns(DeviceEventSerializer.INSTANCE.typeInfo(DeviceEvent.class));
    var rejected = events.getSideOutput(DecodeFunction.REJECTED).collectAsync();
    var patterns = events.getSideOutput(DecodeFunction.PATTERNS).collectAsync();
    var decoded = events.collectAsync();
    env.executeAsync("decode");

    assertThat(decoded).toIterable().hasSize(1);
    assertThat(patterns).toIterable().containsExactly("version: 1");
    assertThat(rejected)
        .toIterable()
        .extracting(rejection -> rejection.reason())
        .containsExactly(RejectReason.NO_FIELDS, RejectReason.UNKNOWN_TOPIC);
  }
}
