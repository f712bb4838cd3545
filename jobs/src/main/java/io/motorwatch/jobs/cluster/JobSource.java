package io.motorwatch.jobs.cluster;

import io.motorwatch.jobs.config.MotorwatchConfig;
import io.motorwatch.source.decode.DeviceTopic;
import io.motorwatch.source.decode.MessageDecoder;
import io.motorwatch.source.decode.TopicTemplate;
import io.motorwatch.source.mqtt.MqttSource;
import java.util.ArrayList;
import java.util.List;

/** The MQTT source as the config wants it. */
public final class JobSource {

  private JobSource() {}

  public static MqttSource of(MotorwatchConfig config) {
    List<String> telemetry = new ArrayList<>();
    List<String> retained = new ArrayList<>();
    for (String topic : config.mqtt().topics()) {
      TopicTemplate template = TopicTemplate.parse(topic);
      telemetry.add(template.filter(DeviceTopic.Kind.TELEMETRY));
      retained.addAll(template.retainedFilters());
    }
    if (config.patterns().live()) {
      retained.add(MessageDecoder.PATTERNS_TOPIC);
    }
    return MqttSource.builder()
        .broker(config.mqtt().broker())
        .clientIdPrefix(config.mqtt().clientIdPrefix())
        .telemetryFilters(telemetry)
        .retainedFilters(retained)
        .sessions(config.mqtt().sessions())
        .build();
  }
}
