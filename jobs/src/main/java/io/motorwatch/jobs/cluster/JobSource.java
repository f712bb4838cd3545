package io.motorwatch.jobs.cluster;

import io.motorwatch.jobs.config.MotorwatchConfig;
import io.motorwatch.source.decode.MessageDecoder;
import io.motorwatch.source.decode.TopicTemplate;
import io.motorwatch.source.mqtt.MqttSource;
import java.util.ArrayList;
import java.util.List;

/** The MQTT source as the config wants it. */
public final class JobSource {

  private JobSource() {}

  public static MqttSource of(MotorwatchConfig config) {
    List<String> devices = new ArrayList<>();
    List<String> retained = new ArrayList<>();
    for (String topic : config.mqtt().topics()) {
      TopicTemplate template = TopicTemplate.parse(topic);
      devices.add(template.everyFilter());
      retained.addAll(template.retainedFilters());
    }
    devices.add(MessageDecoder.ACK_TOPIC);
    devices.add(MessageDecoder.SHELVE_TOPIC);
    return MqttSource.builder()
        .broker(config.mqtt().broker())
        .mqttVersion(config.mqtt().version())
        .clientIdPrefix(config.mqtt().clientIdPrefix())
        .mixedFilters(devices, retained)
        // Also where files are not taken: whoever publishes one is to find it refused.
        .retainedFilters(List.of(MessageDecoder.PATTERNS_TOPIC))
        .sessions(config.mqtt().sessions())
        .receiveMaximum(config.mqtt().receiveMaximum())
        .maxQos(config.mqtt().qos())
        .ackMode(config.mqtt().acknowledge())
        .build();
  }
}
