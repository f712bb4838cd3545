package io.motorwatch.jobs.topology;

import io.motorwatch.jobs.config.Acknowledgement;
import io.motorwatch.jobs.config.MotorwatchConfig;
import io.motorwatch.mqtt.TopicFilters;
import io.motorwatch.source.decode.MessageDecoder;
import io.motorwatch.source.decode.TopicTemplate;
import io.motorwatch.source.mqtt.MqttSource;
import io.motorwatch.source.mqtt.MqttSourceBuilder;
import io.motorwatch.source.mqtt.journal.JournalOptions;
import java.util.ArrayList;
import java.util.List;

/** The MQTT source as the config wants it. */
public final class JobSource {

  private JobSource() {}

  public static MqttSource of(MotorwatchConfig config, Acknowledgement acknowledgement) {
    List<String> devices = new ArrayList<>();
    List<String> retained = new ArrayList<>();
    for (String topic : config.mqtt().topics()) {
      TopicTemplate template = TopicTemplate.parse(topic);
      devices.add(template.everyFilter());
      retained.addAll(template.retainedFilters());
    }
    addUncovered(devices, MessageDecoder.ACK_TOPIC);
    addUncovered(devices, MessageDecoder.SHELVE_TOPIC);
    List<String> files = new ArrayList<>();
    if (config.mqtt().sessions() > 1 || uncovered(devices, MessageDecoder.PATTERNS_TOPIC)) {
      // Also where files are not taken: whoever publishes one is to find it refused.
      files.add(MessageDecoder.PATTERNS_TOPIC);
    }
    // These take their time from arrival: no crash is to date one twice.
    List<String> timedByArrival = new ArrayList<>(retained);
    timedByArrival.add(MessageDecoder.ACK_TOPIC);
    timedByArrival.add(MessageDecoder.SHELVE_TOPIC);
    MqttSourceBuilder source = MqttSource.builder().timedByArrival(timedByArrival);
    JournalOptions journal = acknowledgement.journal();
    if (journal != null) {
      source.journal(journal);
    }
    return source
        .broker(config.mqtt().broker())
        .mqttVersion(config.mqtt().version())
        .clientIdPrefix(config.mqtt().clientIdPrefix())
        .mixedFilters(devices, retained)
        .retainedFilters(files)
        .sessions(config.mqtt().sessions())
        .receiveMaximum(config.mqtt().receiveMaximum())
        .maxQos(config.mqtt().qos())
        .ackMode(acknowledgement.mode())
        .build();
  }

  /** A template as wide as {@code {site}/{device}} brings our own topics too: once is enough. */
  private static void addUncovered(List<String> filters, String topic) {
    if (uncovered(filters, topic)) {
      filters.add(topic);
    }
  }

  private static boolean uncovered(List<String> filters, String topic) {
    return filters.stream().noneMatch(filter -> TopicFilters.matches(filter, topic));
  }
}
