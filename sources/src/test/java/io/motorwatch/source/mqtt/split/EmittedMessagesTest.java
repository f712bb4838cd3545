package io.motorwatch.source.mqtt.split;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class EmittedMessagesTest {

  private final EmittedMessages emitted = new EmittedMessages();

  @Test
  void knowsAMessageByIdentifierAndContent() {
    emitted.add(5, 100);
    assertThat(emitted.contains(5, 100)).isTrue();
    assertThat(emitted.contains(6, 100)).isFalse();
    assertThat(emitted.contains(5, 101)).isFalse();
    assertThat(emitted.contains(65_535, 100)).isFalse();
    emitted.remove(5, 100);
    assertThat(emitted.contains(5, 100)).isFalse();
  }

  @Test
  void keepsBothOfAnIdentifierInUseTwice() {
    emitted.add(5, 100);
    emitted.add(5, 200);
    assertThat(emitted.contains(5, 100)).isTrue();
    assertThat(emitted.contains(5, 200)).isTrue();
    emitted.remove(5, 200);
    emitted.add(5, 300);
    assertThat(emitted.contains(5, 100)).isTrue();
    assertThat(emitted.contains(5, 300)).isTrue();
    emitted.remove(5, 100);
    emitted.remove(5, 300);
    assertThat(emitted.size()).isZero();
  }

  @Test
  void removesWhatAnotherHasAndNoMore() {
    emitted.add(1, 100);
    emitted.add(1, 200);
    emitted.add(70, 300);
    EmittedMessages others = new EmittedMessages();
    others.add(1, 100);
    others.add(1, 999);
    others.add(65_535, 300);
    emitted.removeAll(others);
    assertThat(emitted.size()).isEqualTo(2);
    assertThat(emitted.contains(1, 200)).isTrue();
    assertThat(emitted.contains(70, 300)).isTrue();
    assertThat(emitted.remove(1, 100)).isFalse();
    assertThat(emitted.remove(1, 200)).isTrue();
    emitted.clear();
    assertThat(emitted.size()).isZero();
  }

  /** Against a map from identifier to the fingerprints in use, at most two. */
  @Test
  void agreesWithAPlainMapAndComesOutOfACheckpointAsItWentIn() throws Exception {
    Random random = new Random(7);
    Map<Integer, List<Long>> expected = new HashMap<>();
    EmittedMessages now = emitted;
    for (int i = 0; i < 20_000; i++) {
      int id = 1 + random.nextInt(random.nextBoolean() ? 20 : 65_535);
      List<Long> fingerprints = expected.getOrDefault(id, List.of());
      if (fingerprints.size() < 2 && random.nextBoolean()) {
        long fingerprint = 1 + (random.nextLong() >>> 25);
        now.add(id, fingerprint);
        expected.put(
            id,
            fingerprints.isEmpty()
                ? List.of(fingerprint)
                : List.of(fingerprints.get(0), fingerprint));
      } else if (!fingerprints.isEmpty()) {
        int gone = random.nextInt(fingerprints.size());
        now.remove(id, fingerprints.get(gone));
        expected.put(
            id, fingerprints.size() == 1 ? List.of() : List.of(fingerprints.get(1 - gone)));
      }
      if (i % 5_000 == 0) {
        EmittedMessages restored = throughACheckpoint(now);
        assertThat(restored).isEqualTo(now).hasSameHashCodeAs(now);
        now = restored;
      }
    }
    for (Map.Entry<Integer, List<Long>> entry : expected.entrySet()) {
      for (long fingerprint : entry.getValue()) {
        assertThat(now.contains(entry.getKey(), fingerprint)).isTrue();
      }
    }
    assertThat(now.size()).isEqualTo(expected.values().stream().mapToInt(List::size).sum());
  }

  private static EmittedMessages throughACheckpoint(EmittedMessages messages) throws Exception {
    DataOutputSerializer out = new DataOutputSerializer(64);
    messages.write(out);
    return EmittedMessages.read(new DataInputDeserializer(out.getCopyOfBuffer()));
  }

  @Test
  void isCopiedWithoutASharedPart() {
    emitted.add(1, 1);
    EmittedMessages copy = emitted.copy();
    emitted.remove(1, 1);
    assertThat(copy.contains(1, 1)).isTrue();
  }

  @Test
  void printsTopicAndPayload() {
    byte[] payload = "{\"current\": 9.5}".getBytes(StandardCharsets.UTF_8);
    byte[] other = "{\"current\": 9.6}".getBytes(StandardCharsets.UTF_8);
    long fingerprint = EmittedMessages.fingerprint("site/a/device/1/telemetry", payload);
    assertThat(fingerprint)
        .isEqualTo(EmittedMessages.fingerprint("site/a/device/1/telemetry", payload.clone()))
        .isNotEqualTo(EmittedMessages.fingerprint("site/a/device/1/telemetry", other))
        .isNotEqualTo(EmittedMessages.fingerprint("site/a/device/2/telemetry", payload))
        .isBetween(1L, (1L << 40) - 1);
    assertThat(EmittedMessages.fingerprint("", new byte[0])).isPositive();
  }
}
