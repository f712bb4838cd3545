package io.motorwatch.sink.mqtt;

import io.motorwatch.mqtt.BrokerAddress;
import io.motorwatch.mqtt.MqttVersion;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.SupportsWriterState;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Publishes at least once: each message at once, and again after a failure until the broker
 * confirms it. Checkpoints hold what is unconfirmed and wait for nothing. A lost connection never
 * fails the job; messages wait for the next one, in their order. A message that the broker refuses
 * for now (a quota, an error of its own) is tried again, and those behind it on its topic wait; one
 * that it refuses for good is logged, counted and given up.
 *
 * <p>A change of parallelism while messages are unconfirmed keeps the order of each topic among
 * these messages. Not so between them and what is published after it: another subtask may have the
 * topic then, and if the broker is still away, they race when it is back. Let the broker confirm
 * all (metric {@code unconfirmed} is 0) before changing the parallelism.
 *
 * <p>Metrics: {@link MqttSinkMetrics}.
 *
 * @param <T> the input
 */
public final class MqttSink<T> implements Sink<T>, SupportsWriterState<T, TopicBacklog> {

  private static final long serialVersionUID = 1L;
  private static final int DEFAULT_MAX_UNCONFIRMED = 20_000;

  private final BrokerAddress broker;
  private final String clientId;
  private final MessageSerializer<T> serializer;
  private final int maxUnconfirmed;
  private final MqttVersion mqttVersion;

  private MqttSink(
      BrokerAddress broker,
      MqttVersion mqttVersion,
      String clientId,
      MessageSerializer<T> serializer,
      int maxUnconfirmed) {
    this.broker = broker;
    this.mqttVersion = mqttVersion;
    this.clientId = clientId;
    this.serializer = serializer;
    this.maxUnconfirmed = maxUnconfirmed;
  }

  public static <T> Builder<T> builder() {
    return new Builder<>();
  }

  BrokerAddress broker() {
    return broker;
  }

  MqttVersion mqttVersion() {
    return mqttVersion;
  }

  /** Each subtask is a client of its own: brokers end the older of two clients with one id. */
  String clientId(int subtask) {
    return clientId + '-' + subtask;
  }

  MessageSerializer<T> serializer() {
    return serializer;
  }

  int maxUnconfirmed() {
    return maxUnconfirmed;
  }

  @Override
  public StatefulSinkWriter<T, TopicBacklog> createWriter(WriterInitContext context)
      throws IOException {
    return restoreWriter(context, List.of());
  }

  @Override
  public StatefulSinkWriter<T, TopicBacklog> restoreWriter(
      WriterInitContext context, Collection<TopicBacklog> recovered) throws IOException {
    return MqttWriter.open(this, context, recovered);
  }

  @Override
  public SimpleVersionedSerializer<TopicBacklog> getWriterStateSerializer() {
    return new TopicBacklogSerializer();
  }

  /** Collects a sink's settings; broker, client id and serializer are required. */
  public static final class Builder<T> {

    private @Nullable BrokerAddress broker;
    private @Nullable String clientId;
    private @Nullable MessageSerializer<T> serializer;
    private MqttVersion mqttVersion = MqttVersion.AUTO;
    private int maxUnconfirmed = DEFAULT_MAX_UNCONFIRMED;

    private Builder() {}

    public Builder<T> broker(BrokerAddress address) {
      broker = address;
      return this;
    }

    /** Default {@link MqttVersion#AUTO}: 5, or 3.1.1 where the broker does not speak it. */
    public Builder<T> mqttVersion(MqttVersion version) {
      mqttVersion = Objects.requireNonNull(version);
      return this;
    }

    /**
     * Beginning of the client ids; the subtask's number follows. Unique per deployment and sink.
     */
    public Builder<T> clientId(String prefix) {
      clientId = prefix;
      return this;
    }

    public Builder<T> serializer(MessageSerializer<T> newSerializer) {
      serializer = newSerializer;
      return this;
    }

    /**
     * Messages a subtask holds while the broker is away; default 20,000. Beyond, it takes one value
     * each 20 ms, so that checkpoints still pass; at twice the number it stops.
     */
    public Builder<T> maxUnconfirmed(int messages) {
      if (messages <= 0) {
        throw new IllegalArgumentException("maxUnconfirmed must be positive, not " + messages);
      }
      maxUnconfirmed = messages;
      return this;
    }

    /**
     * The sink.
     *
     * @throws NullPointerException if a required setting is missing
     */
    public MqttSink<T> build() {
      return new MqttSink<>(
          Objects.requireNonNull(broker, "broker"),
          mqttVersion,
          Objects.requireNonNull(clientId, "clientId"),
          Objects.requireNonNull(serializer, "serializer"),
          maxUnconfirmed);
    }
  }
}
