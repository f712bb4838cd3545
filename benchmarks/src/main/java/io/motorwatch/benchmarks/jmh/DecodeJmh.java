package io.motorwatch.benchmarks.jmh;

import io.motorwatch.benchmarks.SyntheticFleet;
import io.motorwatch.model.DeviceEvent;
import io.motorwatch.model.Rejection;
import io.motorwatch.source.decode.MessageDecoder;
import io.motorwatch.source.decode.SignatureVerifier;
import io.motorwatch.source.decode.TopicTemplate;
import io.motorwatch.source.mqtt.MqttMessage;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A message of six fields to a reading. */
@State(Scope.Thread)
public class DecodeJmh {

  private static final int DEVICES = 1_000;

  private final MessageDecoder decoder =
      new MessageDecoder(
          List.of(TopicTemplate.parse("site/{site}/device/{device}")),
          SignatureVerifier.NONE,
          MessageDecoder.DEFAULT_MAX_PAYLOAD_BYTES);
  private final MqttMessage[] messages = new MqttMessage[4 * DEVICES];
  private final Last last = new Last();
  private int next;

  /** Makes the messages. */
  public DecodeJmh() {
    SyntheticFleet fleet = SyntheticFleet.spread(DEVICES);
    for (int i = 0; i < messages.length; i++) {
      messages[i] = fleet.message(i);
    }
  }

  /** One message. */
  @Benchmark
  public @Nullable DeviceEvent decode() {
    next = (next + 1) % messages.length;
    decoder.decode(messages[next], last);
    return last.event;
  }

  private static final class Last implements MessageDecoder.Output {

    private @Nullable DeviceEvent event;

    @Override
    public void event(DeviceEvent decoded) {
      event = decoded;
    }

    @Override
    public void rejected(Rejection rejection) {
      throw new IllegalStateException("rejected: " + rejection);
    }

    @Override
    public void dropped(int values) {
      throw new IllegalStateException("every value is good");
    }

    @Override
    public void patterns(String document) {
      throw new IllegalStateException("none was sent");
    }
  }
}
