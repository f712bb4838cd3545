package io.motorwatch.mqtt.publish;

import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import com.hivemq.client.mqtt.mqtt3.message.auth.Mqtt3SimpleAuth;
import com.hivemq.client.mqtt.mqtt3.message.connect.Mqtt3Connect;
import com.hivemq.client.mqtt.mqtt3.message.publish.Mqtt3Publish;
import io.motorwatch.model.connection.Credentials;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * MQTT 3.1.1. A broker cannot refuse a single message there: it confirms it and drops it, or ends
 * the connection.
 */
record Mqtt3Protocol(Mqtt3AsyncClient client) implements PublishingProtocol {

  @Override
  public CompletableFuture<?> connect(@Nullable Credentials user) {
    return client.connect(
        Mqtt3Connect.builder()
            .cleanSession(true)
            .keepAlive(ClientSettings.KEEP_ALIVE_SECONDS)
            .simpleAuth(user == null ? null : auth(user))
            .build());
  }

  private static Mqtt3SimpleAuth auth(Credentials user) {
    return Mqtt3SimpleAuth.builder()
        .username(user.username())
        .password(ClientSettings.password(user))
        .build();
  }

  @Override
  public CompletableFuture<@Nullable Throwable> publish(OutgoingMessage message) {
    Mqtt3Publish publish =
        Mqtt3Publish.builder()
            .topic(message.topic())
            .payload(message.payload())
            .qos(ClientSettings.qos(message.qos()))
            .retain(message.retain())
            .build();
    return client.publish(publish).thenApply(confirmed -> null);
  }

  @Override
  public CompletableFuture<?> disconnect() {
    return client.disconnect();
  }
}
