package io.motorwatch.sink.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.motorwatch.model.serialization.Wire;
import io.motorwatch.mqtt.publish.OutgoingMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class OutboxTest {

  private static final TopicBacklogSerializer SERIALIZER = new TopicBacklogSerializer();

  private static Outbox outbox(List<TopicBacklog> restored) {
    return new Outbox(restored, new Random(7));
  }

  private static OutgoingMessage message(String topic, String payload) {
    return new OutgoingMessage(topic, payload.getBytes(StandardCharsets.UTF_8), 1, true);
  }

  private static List<String> due(Outbox outbox) {
    return outbox.due(Integer.MAX_VALUE).stream()
        .map(number -> String.valueOf(outbox.get(number)))
        .toList();
  }

  private static List<TopicBacklog> saved(Outbox outbox) throws IOException {
    List<TopicBacklog> read = new ArrayList<>();
    for (TopicBacklog backlog : outbox.backlogs()) {
      read.add(SERIALIZER.deserialize(SERIALIZER.getVersion(), SERIALIZER.serialize(backlog)));
    }
    return read;
  }

  @Test
  void keepsTheOrderOverAllTopicsAtTheSameParallelism() throws Exception {
    Outbox before = outbox(List.of());
    for (int i = 0; i < 9; i++) {
      before.add(message("t/" + i % 4, "" + i));
    }
    assertThat(due(outbox(saved(before)))).isEqualTo(due(before)).hasSize(9);
  }

  @Test
  void keepsTheOrderOfATopicWhereverFlinkPutsThePartsOfTheState() throws Exception {
    Outbox before = outbox(List.of());
    for (int i = 0; i < 30; i++) {
      before.add(message("t/" + i % 5, "raised " + i));
      before.add(message("t/" + i % 5, "cleared " + i));
    }
    List<TopicBacklog> state = saved(before);
    List<String> after = new ArrayList<>();
    for (int subtask = 0; subtask < 3; subtask++) {
      List<TopicBacklog> part = new ArrayList<>();
      for (int i = subtask; i < state.size(); i += 3) {
        part.add(state.get(i));
      }
      Outbox restored = outbox(part);
      for (int topic = 0; topic < 5; topic++) {
        String name = "t/" + topic + ' ';
        List<String> ofTopic = due(restored).stream().filter(m -> m.startsWith(name)).toList();
        if (!ofTopic.isEmpty()) {
          assertThat(ofTopic)
              .isEqualTo(due(before).stream().filter(m -> m.startsWith(name)).toList());
        }
        after.addAll(ofTopic);
      }
    }
    assertThat(after).containsExactlyInAnyOrderElementsOf(due(before));
  }

  @Test
  void readsTheStateOfVersionOneWithASingleMessageInEachElement() throws Exception {
    DataOutputSerializer old = new DataOutputSerializer(64);
    Wire.writeText("t/1", old);
    old.writeByte(1);
    old.writeBoolean(true);
    Wire.writeCount(2, old);
    old.write(new byte[] {'o', 'k'});
    byte[] bytes = old.getCopyOfBuffer();
    TopicBacklog read = SERIALIZER.deserialize(1, bytes);
    assertThat(due(outbox(List.of(read)))).containsExactly("t/1 (retained) ok");
    assertThatThrownBy(() -> SERIALIZER.deserialize(3, bytes)).hasMessageContaining("version 3");
  }

  @Test
  void givesATopicPausesThatGrowUntilTheBrokerTakesAMessageOfIt() {
    Outbox outbox = outbox(List.of());
    long first = outbox.add(message("t/1", "first"));
    long longest = 0;
    long now = 0;
    for (int attempt = 0; attempt < 12; attempt++) {
      assertThat(outbox.due(Integer.MAX_VALUE)).containsExactly(first);
      long sending = outbox.send(first);
      assertThat(outbox.counts(first, sending)).isTrue();
      longest = outbox.pause("t/1", now);
      assertThat(outbox.counts(first, sending)).isFalse();
      assertThat(outbox.pausing()).isTrue();
      assertThat(outbox.due(Integer.MAX_VALUE)).isEmpty();
      assertThat(outbox.resume(now + longest - 1)).isFalse();
      now += longest;
      assertThat(outbox.resume(now)).isTrue();
      assertThat(outbox.pausing()).isFalse();
    }
    assertThat(longest).isBetween(2_500L, 5_000L);
    outbox.send(first);
    outbox.remove(first);
    long second = outbox.add(message("t/1", "second"));
    outbox.send(second);
    assertThat(outbox.pause("t/1", now)).isBetween(50L, 100L);
  }

  @Test
  void suspectsOnlyWhatThisConnectionHasBeenGiven() {
    Outbox outbox = outbox(List.of());
    long first = outbox.add(message("t/1", "refused for now"));
    long second = outbox.add(message("t/2", "under way"));
    assertThat(outbox.firstUnderWay()).isNull();
    outbox.send(first);
    outbox.send(second);
    assertThat(outbox.firstUnderWay()).isEqualTo(first);
    outbox.pause("t/1", 0);
    assertThat(outbox.firstUnderWay()).isEqualTo(second);
    outbox.connectionEnded();
    assertThat(outbox.firstUnderWay()).isNull();
    assertThat(outbox.due(Integer.MAX_VALUE)).containsExactly(second);
  }
}
