package io.motorwatch.sink.influx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.motorwatch.model.connection.TlsFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An endpoint whose server does not answer, or not yet. */
class DetectingEndpointTest {

  private static final LineBatch LINE = Encoded.lines("hot", "m v=1.0 1");

  @ParameterizedTest
  @EnumSource
  void shouldWaitForANameThatDoesNotResolveYet(InfluxApi api) throws Exception {
    InfluxConnection connection =
        InfluxConnection.of("http://no-such-host.invalid:8086", "m").withApi(api);
    try (InfluxEndpoint endpoint = DetectingEndpoint.open(connection)) {
      WriteResponse response = endpoint.write(LINE);
      assertThat(ResponseClassifier.classify(response)).isEqualTo(WriteOutcome.RETRY);
      assertThat(response.toString()).contains("unknown host no-such-host.invalid");
    }
  }

  @ParameterizedTest
  @EnumSource
  @Timeout(20) // Whoever waits for the server is released by the client's limit of 30 s only.
  void shouldCloseWithoutWaitingForAServerThatIsSilent(InfluxApi api) throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      InfluxEndpoint endpoint =
          DetectingEndpoint.open(
              InfluxConnection.of("http://127.0.0.1:" + silent.getLocalPort(), "m").withApi(api));
      CompletableFuture<WriteResponse> response =
          CompletableFuture.supplyAsync(() -> endpoint.write(LINE));
      try (Socket asked = silent.accept()) {
        assertThat(asked.getInputStream().read()).isPositive();
        endpoint.close();
        assertThat(ResponseClassifier.classify(response.get())).isEqualTo(WriteOutcome.RETRY);
      }
    }
  }

  @Test
  void shouldTellOfAWrongTlsFileAtOnce() {
    InfluxConnection connection =
        new InfluxConnection(
            URI.create("https://localhost:8086"),
            InfluxApi.AUTO,
            "m",
            null,
            null,
            null,
            new TlsFiles("no-such-file.pem", null, null, true));
    assertThatThrownBy(() -> DetectingEndpoint.open(connection))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no-such-file.pem");
  }
}
