package io.motorwatch.source.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.motorwatch.source.mqtt.enumerator.MqttEnumeratorState;
import io.motorwatch.source.mqtt.enumerator.MqttEnumeratorState.HeldSession;
import io.motorwatch.source.mqtt.enumerator.MqttEnumeratorStateSerializer;
import io.motorwatch.source.mqtt.journal.JournalRecord;
import io.motorwatch.source.mqtt.split.EmittedMessages;
import io.motorwatch.source.mqtt.split.MqttSessionSplit;
import io.motorwatch.source.mqtt.split.MqttSessionSplitSerializer;
import io.motorwatch.source.mqtt.split.SessionProgress;
import io.motorwatch.source.mqtt.split.Subscription;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class SerializersTest {

  private static final MqttSessionSplit SPLIT =
      new MqttSessionSplit(
          3,
          "p-3",
          List.of(new Subscription("$share/p/a/+", false), new Subscription("b/ü", true)),
          List.of("a/+"),
          List.of("a/s"),
          true,
          new SessionProgress(emitted(), 1L << 40));

  private static EmittedMessages emitted() {
    EmittedMessages emitted = new EmittedMessages();
    emitted.add(65_535, 0xFF_FFFF_FFFFL);
    emitted.add(7, 1);
    emitted.add(7, 2);
    return emitted;
  }

  @Test
  void keepsAMessageWhole() throws IOException {
    for (String hmac : new String[] {null, "00ff"}) {
      MqttMessage message =
          new MqttMessage("a/ü", new byte[] {0, -1, 5}, true, 2, hmac, 1_710_000_000_000L);
      DataOutputSerializer out = new DataOutputSerializer(16);
      var serializer = MqttMessage.TYPE_INFO.createSerializer(new SerializerConfigImpl());
      serializer.serialize(message, out);
      var in = new DataInputDeserializer(out.getCopyOfBuffer());
      assertThat(serializer.deserialize(in)).isEqualTo(message);
      assertThat(in.available()).isZero();
    }
  }

  @Test
  void keepsASplitWhole() throws IOException {
    MqttSessionSplitSerializer serializer = new MqttSessionSplitSerializer();
    assertThat(serializer.deserialize(serializer.getVersion(), serializer.serialize(SPLIT)))
        .isEqualTo(SPLIT);
  }

  @Test
  void readsASplitOfBeforeThereWereJournals() throws IOException {
    MqttSessionSplitSerializer serializer = new MqttSessionSplitSerializer();
    String former = "00" + "03702d30" + "01" + "01" + "0161" + "00" + "00" + "00" + "00" + "00";
    MqttSessionSplit split = serializer.deserialize(3, HexFormat.of().parseHex(former));
    assertThat(split)
        .isEqualTo(
            MqttSessionSplit.fresh(0, "p-0", List.of(new Subscription("a", false)), List.of())
                .held(true, List.of()));
    assertThat(split.progress().position()).isEqualTo(JournalRecord.NONE);
  }

  @Test
  void keepsTheEnumeratorsStateWhole() throws IOException {
    MqttEnumeratorStateSerializer serializer = new MqttEnumeratorStateSerializer();
    for (Map<String, HeldSession> held :
        List.of(
            Map.<String, HeldSession>of(),
            Map.of(
                "p-0", new HeldSession(true, Set.of("a", "b/ü")),
                "p-1", new HeldSession(false, Set.of())))) {
      MqttEnumeratorState state =
          new MqttEnumeratorState(held, Map.of("p-9", new SessionProgress(emitted(), 77)));
      assertThat(serializer.deserialize(serializer.getVersion(), serializer.serialize(state)))
          .isEqualTo(state);
    }
  }

  @Test
  void readsTheEnumeratorsStateOfEveryVersionAsItWasWritten() throws IOException {
    MqttEnumeratorStateSerializer serializer = new MqttEnumeratorStateSerializer();
    assertThat(serializer.deserialize(1, HexFormat.of().parseHex("010161")))
        .isEqualTo(new MqttEnumeratorState(Map.of("a", new HeldSession(true, Set.of())), Map.of()));
    assertThat(serializer.deserialize(2, HexFormat.of().parseHex("010161" + "01" + "010162")))
        .isEqualTo(
            new MqttEnumeratorState(Map.of("a", new HeldSession(true, Set.of("b"))), Map.of()));
    assertThat(serializer.deserialize(3, HexFormat.of().parseHex("00" + "01" + "0161" + "0000")))
        .isEqualTo(new MqttEnumeratorState(Map.of(), Map.of("a", SessionProgress.none())));
  }

  @Test
  void refusesVersionsItDoesNotKnow() {
    assertThatThrownBy(() -> new MqttSessionSplitSerializer().deserialize(2, new byte[0]))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("version 2");
    assertThatThrownBy(() -> new MqttEnumeratorStateSerializer().deserialize(5, new byte[0]))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("version 5");
  }
}
