package io.motorwatch.source.mqtt.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.motorwatch.source.mqtt.MqttMessage;
import io.motorwatch.source.mqtt.split.MqttSessionSplit;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class HoldingSessionsTest {

  private final MqttSessionSplitState state =
      MqttSessionSplitState.of(MqttSessionSplit.fresh(0, "it-0", List.of(), List.of()));
  private long passable = -1;
  private final HoldingSessions holding =
      new HoldingSessions(List.of("site/+/device/+/status", "motorwatch/ack"), any -> passable);

  private static MqttMessage message(String topic) {
    return new MqttMessage(topic, new byte[0], false, 1, null, 5);
  }

  @Test
  void onlyTheTopicsNamedAreHeldAndWhatComesBehindThem() {
    assertThat(holding.holds(message("site/a/device/b/status"), state)).isTrue();
    assertThat(holding.holds(message("motorwatch/ack"), state)).isTrue();
    assertThat(holding.holds(message("site/a/device/b/telemetry"), state)).isFalse();
    assertThat(holding.holds(message("site/a/device/status"), state)).isFalse();
    assertThat(holding.holds(message(""), state)).isFalse();
    state.hold(0, message("motorwatch/ack"), new FakeAck("it-0", 1));
    assertThat(holding.holds(message("site/a/device/b/telemetry"), state)).isTrue();
  }

  /** Nothing is durable yet: a task that asks again and again must not be told to go on. */
  @Test
  void theTaskSleepsUntilTheFirstHeldMessageIsDurable() {
    state.hold(0, message("motorwatch/ack"), new FakeAck("it-0", 1));
    holding.add(state);
    CompletableFuture<Void> next = holding.nextFlush();
    assertThat(next).isNotDone();
    assertThat(holding.nextFlush()).isSameAs(next);
    passable = 0;
    assertThat(holding.nextFlush()).isDone();
  }
}
