package io.motorwatch.jobs.config;

import io.motorwatch.model.connection.Credentials;
import io.motorwatch.mqtt.BrokerAddress;
import io.motorwatch.mqtt.MqttVersion;
import io.motorwatch.source.decode.KeyFile;
import io.motorwatch.source.decode.TopicTemplate;
import io.motorwatch.source.mqtt.MqttSource;
import io.motorwatch.source.mqtt.MqttSourceBuilder;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads and checks the section {@code mqtt}. */
final class MqttSection {

  private final ConfigValues values;

  MqttSection(ConfigValues values) {
    this.values = values;
  }

  MqttConfig read() throws ConfigException {
    long sessions = values.whole("mqtt.sessions", 1, 1, 1000);
    return new MqttConfig(
        broker(),
        mqttVersion(),
        clientIdPrefix(),
        topics(),
        (int) sessions,
        (int) values.whole("mqtt.qos", 1, 0, 2),
        (int)
            values.whole(
                "mqtt.receive-maximum",
                MqttSourceBuilder.DEFAULT_RECEIVE_MAXIMUM,
                1,
                MqttSourceBuilder.MAX_RECEIVE_MAXIMUM),
        new AcknowledgeSection(values).read(),
        signingKeys());
  }

  private List<String> topics() throws ConfigException {
    List<TopicTemplate> templates = new ArrayList<>();
    for (String topic : values.texts("mqtt.topics", List.of("site/{site}/device/{device}"))) {
      try {
        TopicTemplate template = TopicTemplate.parse(topic);
        refuseOverlap(templates, template);
        templates.add(template);
      } catch (IllegalArgumentException e) {
        throw values.fault("mqtt.topics", String.valueOf(e.getMessage()));
      }
    }
    return templates.stream().map(TopicTemplate::toString).toList();
  }

  /** The broker sends a message once for each subscription that covers it. */
  private static void refuseOverlap(List<TopicTemplate> before, TopicTemplate next) {
    for (TopicTemplate one : before) {
      if (one.equals(next)) {
        throw new IllegalArgumentException("'" + one + "' is there twice");
      }
      if (one.overlaps(next)) {
        throw new IllegalArgumentException(
            "'"
                + one
                + "' and '"
                + next
                + "' cover the same topics, so that each reading would come twice: keep the wider"
                + " one, or make their fixed levels differ");
      }
    }
  }

  private String clientIdPrefix() throws ConfigException {
    String prefix = values.text("mqtt.client-id-prefix", "motorwatch");
    try {
      MqttSource.builder().clientIdPrefix(prefix);
    } catch (IllegalArgumentException e) {
      throw values.fault("mqtt.client-id-prefix", String.valueOf(e.getMessage()));
    }
    return prefix;
  }

  private @Nullable KeyFile signingKeys() throws ConfigException {
    String key = "mqtt.signing.keys-file";
    String file = values.file(key);
    if (file == null) {
      return null;
    }
    try {
      return KeyFile.read(Path.of(file));
    } catch (CharacterCodingException e) {
      throw values.fault(key, file + " is not UTF-8 text");
    } catch (IOException e) {
      throw values.fault(key, "cannot read " + file);
    } catch (IllegalArgumentException e) {
      throw values.fault(key, file + ", " + e.getMessage());
    }
  }

  private MqttVersion mqttVersion() throws ConfigException {
    String text = values.text("mqtt.version", "auto");
    return switch (text) {
      case "auto" -> MqttVersion.AUTO;
      case "5" -> MqttVersion.V5;
      case "3" -> MqttVersion.V3;
      default -> throw values.fault("mqtt.version", "must be auto, 5 or 3, not '" + text + "'");
    };
  }

  private BrokerAddress broker() throws ConfigException {
    Credentials credentials = values.credentials("mqtt.username", "mqtt.password");
    try {
      URI uri = BrokerAddress.uri(values.text("mqtt.uri", "tcp://127.0.0.1:1883"));
      return new BrokerAddress(uri, credentials, values.tls("mqtt.tls"));
    } catch (IllegalArgumentException e) {
      throw values.fault("mqtt.uri", String.valueOf(e.getMessage()));
    }
  }
}
