package io.motorwatch.tools.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.motorwatch.local.FreePort;
import io.motorwatch.mqtt.BrokerAddress;
import io.motorwatch.mqtt.publish.OutgoingMessage;
import java.io.DataInputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of a publisher whose broker does not answer. */
@Timeout(60)
class OrderedPublisherTest {

  private static final byte[] WELCOME = {0x20, 3, 0, 0, 0};
  private static final int DISCONNECT = 0xE0;

  private static OrderedPublisher<String> publisher(int port) {
    return new OrderedPublisher<>(
        BrokerAddress.of("tcp://127.0.0.1:" + port),
        "publisher",
        10,
        text -> new OutgoingMessage("t", text.getBytes(StandardCharsets.UTF_8), 1, false),
        (value, at) -> {});
  }

  private static boolean send(OrderedPublisher<String> publisher) {
    try {
      return publisher.send("x");
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void sendsWithinALimitOrSaysWhatTheProblemWas() throws Exception {
    try (OrderedPublisher<String> publisher = publisher(FreePort.find())) {
      assertThat(publisher.send("x", Duration.ofMillis(500))).isFalse();
      assertThat(publisher.counts().unconfirmed()).isZero();
      assertThat(publisher.counts().problem()).containsIgnoringCase("refused");
    }
  }

  @Test
  void endsAConnectionThatComesUpAfterItWasClosed() throws Exception {
    try (ServerSocket broker = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      OrderedPublisher<String> publisher = publisher(broker.getLocalPort());
      CompletableFuture<Boolean> sent = CompletableFuture.supplyAsync(() -> send(publisher));
      try (Socket connection = broker.accept()) {
        DataInputStream in = new DataInputStream(connection.getInputStream());
        // CONNECT: its fixed header of two bytes says how long the rest is.
        in.readUnsignedByte();
        in.readFully(new byte[in.readUnsignedByte()]);
        publisher.close();
        assertThat(sent.get(10, TimeUnit.SECONDS)).isFalse();
        connection.getOutputStream().write(WELCOME);
        assertThat(in.readUnsignedByte()).isEqualTo(DISCONNECT);
      }
    }
  }
}
