package io.motorwatch.source.mqtt;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import io.motorwatch.mqtt.BrokerAddress;
import io.motorwatch.source.mqtt.split.MqttSessionSplit;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.connector.testframe.external.ExternalSystemSplitDataWriter;
import org.apache.flink.connector.testframe.external.source.DataStreamSourceExternalContext;
import org.apache.flink.connector.testframe.external.source.TestingSourceSettings;

/** Topics and sessions of one test of Flink's suite. */
final class MqttSuiteContext implements DataStreamSourceExternalContext<MqttMessage> {

  private final MqttSource source;
  private final String root = "suite-" + UUID.randomUUID();
  private final Publisher publisher;

  MqttSuiteContext(int port) {
    publisher = new Publisher(port);
    source =
        MqttSource.builder()
            .broker(BrokerAddress.of("tcp://127.0.0.1:" + port))
            .clientIdPrefix(root)
            .telemetryFilters(List.of(root + "/+"))
            .sessions(2)
            .build();
    // The suite writes before it starts the job: somebody must have subscribed.
    source.sessions().forEach(session -> create(session, port));
  }

  private static void create(MqttSessionSplit session, int port) {
    Mqtt5BlockingClient client =
        Mqtt5Client.builder()
            .identifier(session.clientId())
            .serverHost("127.0.0.1")
            .serverPort(port)
            .buildBlocking();
    client.connectWith().cleanStart(false).sessionExpiryInterval(600).send();
    session
        .filters()
        .forEach(
            filter -> client.subscribeWith().topicFilter(filter).qos(MqttQos.AT_LEAST_ONCE).send());
    client.disconnect();
  }

  static MqttMessage withoutArrival(MqttMessage message) {
    return new MqttMessage(
        message.topic(), message.payload(), message.retained(), message.qos(), message.hmac(), 0);
  }

  @Override
  public Source<MqttMessage, ?, ?> createSource(TestingSourceSettings settings) {
    if (settings.getBoundedness() == Boundedness.BOUNDED) {
      throw new UnsupportedOperationException("MQTT has no end");
    }
    return source;
  }

  @Override
  public ExternalSystemSplitDataWriter<MqttMessage> createSourceSplitDataWriter(
      TestingSourceSettings settings) {
    return new ExternalSystemSplitDataWriter<>() {
      @Override
      public void writeRecords(List<MqttMessage> records) {
        for (MqttMessage record : records) {
          publisher.publish(
              Publisher.message(
                  record.topic(),
                  new String(record.payload(), StandardCharsets.UTF_8),
                  MqttQos.AT_LEAST_ONCE));
        }
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public List<MqttMessage> generateTestData(
      TestingSourceSettings settings, int splitIndex, long seed) {
    List<MqttMessage> messages = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      byte[] payload = (seed + "-" + i).getBytes(StandardCharsets.UTF_8);
      messages.add(new MqttMessage(root + "/" + splitIndex, payload, false, 1, null, 0));
    }
    return messages;
  }

  @Override
  public TypeInformation<MqttMessage> getProducedType() {
    return MqttMessage.TYPE_INFO;
  }

  @Override
  public List<URL> getConnectorJarPaths() {
    return List.of();
  }

  @Override
  public void close() {
    publisher.close();
  }
}
