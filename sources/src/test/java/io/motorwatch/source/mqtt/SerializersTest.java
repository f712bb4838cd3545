package io.motorwatch.source.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.motorwatch.source.mqtt.enumerator.MqttEnumeratorState;
import io.motorwatch.source.mqtt.enumerator.MqttEnumeratorStateSerializer;
import io.motorwatch.source.mqtt.split.MqttSessionSplit;
import io.motorwatch.source.mqtt.split.MqttSessionSplitSerializer;
import io.motorwatch.source.mqtt.split.Subscription;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
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
          true);

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
    assertThat(serializer.deserialize(1, serializer.serialize(SPLIT))).isEqualTo(SPLIT);
  }

  @Test
  void readsASplitOfVersion1AsItWasWritten() throws IOException {
    byte[] written =
        HexFormat.of().parseHex("0003702d330102" + "0c2473686172652f702f612f2b00" + "04622fc3bc01");
    MqttSessionSplitSerializer serializer = new MqttSessionSplitSerializer();
    assertThat(serializer.deserialize(1, written))
        .isEqualTo(new MqttSessionSplit(0, SPLIT.clientId(), SPLIT.subscriptions(), true));
  }

  @Test
  void keepsTheEnumeratorsStateWhole() throws IOException {
    MqttEnumeratorStateSerializer serializer = new MqttEnumeratorStateSerializer();
    for (Set<String> ids : List.of(Set.<String>of(), Set.of("p-0", "p-1"))) {
      MqttEnumeratorState state = new MqttEnumeratorState(ids);
      assertThat(serializer.deserialize(1, serializer.serialize(state))).isEqualTo(state);
    }
    assertThat(HexFormat.of().formatHex(serializer.serialize(new MqttEnumeratorState(Set.of("a")))))
        .isEqualTo("010161");
  }

  @Test
  void refusesVersionsItDoesNotKnow() {
    assertThatThrownBy(() -> new MqttSessionSplitSerializer().deserialize(2, new byte[0]))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("version 2");
    assertThatThrownBy(() -> new MqttEnumeratorStateSerializer().deserialize(2, new byte[0]))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("version 2");
  }
}
