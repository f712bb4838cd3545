package io.motorwatch.mqtt.publish;

import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.message.auth.Mqtt5SimpleAuth;
import com.hivemq.client.mqtt.mqtt5.message.connect.Mqtt5Connect;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import io.motorwatch.model.connection.Credentials;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** MQTT 5, whose acknowledgements carry a reason code and so may be refusals. */
record Mqtt5Protocol(Mqtt5AsyncClient client) implements PublishingProtocol {

  @Override
  public CompletableFuture<?> connect(@Nullable Credentials user) {
    return client.connect(
        Mqtt5Connect.builder()
            .cleanStart(true)
            .keepAlive(ClientSettings.KEEP_ALIVE_SECONDS)
            .simpleAuth(user == null ? null : auth(user))
            .build());
  }

  private static Mqtt5SimpleAuth auth(Credentials user) {
    return Mqtt5SimpleAuth.builder()
        .username(user.username())
        .password(ClientSettings.password(user))
        .build();
  }

  @Override
  public CompletableFuture<@Nullable Throwable> publish(OutgoingMessage message) {
    Mqtt5Publish publish =
        Mqtt5Publish.builder()
            .topic(message.topic())
            .payload(message.payload())
            .qos(ClientSettings.qos(message.qos()))
            .retain(message.retain())
            .build();
    return client.publish(publish).thenApply(result -> result.getError().orElse(null));
  }

  @Override
  public CompletableFuture<?> disconnect() {
    return client.disconnect();
  }
}
