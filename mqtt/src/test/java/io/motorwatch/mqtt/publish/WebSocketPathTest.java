package io.motorwatch.mqtt.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.motorwatch.mqtt.BrokerAddress;
import io.motorwatch.mqtt.MqttVersion;
import java.util.concurrent.TimeUnit;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class WebSocketPathTest {

  @ParameterizedTest
  @CsvSource({"'', /mqtt", "/, /mqtt", "/?token=a, /mqtt?token=a", "/a%20b/?k=v, /a%20b/?k=v"})
  void asksForWhatTheAddressSays(String path, String expected) throws Exception {
    try (MockWebServer server = new MockWebServer()) {
      server.start();
      BrokerAddress address =
          BrokerAddress.of("ws://" + server.getHostName() + ':' + server.getPort() + path);
      PublishingConnection connection =
          PublishingConnection.of(address, MqttVersion.V5, "c", () -> {});
      connection.connect(error -> {});
      RecordedRequest request = server.takeRequest(10, TimeUnit.SECONDS);
      assertThat(request).isNotNull();
      assertThat(request.getPath()).isEqualTo(expected);
      connection.abandon();
    }
  }
}
