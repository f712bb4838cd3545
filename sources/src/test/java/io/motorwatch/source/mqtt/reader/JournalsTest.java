package io.motorwatch.source.mqtt.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.motorwatch.mqtt.BrokerAddress;
import io.motorwatch.source.mqtt.AckMode;
import io.motorwatch.source.mqtt.MqttMessage;
import io.motorwatch.source.mqtt.client.Protocol;
import io.motorwatch.source.mqtt.journal.HangingFileSystem;
import io.motorwatch.source.mqtt.journal.JournalOptions;
import io.motorwatch.source.mqtt.journal.JournalStore;
import io.motorwatch.source.mqtt.metrics.MqttSourceMetrics;
import io.motorwatch.source.mqtt.split.MqttSessionSplit;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.core.fs.local.LocalFileSystem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two sessions of one reader; the disk of {@code a} hangs. */
@Timeout(60)
class JournalsTest {

  @TempDir Path folder;

  private final HangingFileSystem disk = new HangingFileSystem();
  private final MessageHandover handover = new MessageHandover(100, () -> {});
  private Journals journals;

  @AfterEach
  void close() {
    disk.answer();
    journals.close();
  }

  private void open(Duration stallLimit) {
    JournalOptions options = new JournalOptions(folder.toString(), Duration.ZERO, 1L << 30);
    JournalAccess access =
        new JournalAccess(
            options,
            session ->
                JournalStore.of(
                    session.equals("a") ? disk : LocalFileSystem.getSharedInstance(),
                    options,
                    session),
            stallLimit,
            Duration.ofMillis(50));
    journals =
        new Journals(
            AckMode.JOURNAL,
            access,
            List.of(),
            handover,
            new MqttSourceMetrics(new RecordedMetrics().asSourceReaderGroup()),
            new ConfirmedAcks());
  }

  private MqttSessionSplitState session(String name) {
    MqttSessionSplit split = MqttSessionSplit.fresh(0, name, List.of(), List.of());
    SessionGate gate = journals.gate(split);
    gate.prepare().join();
    gate.connected(
            new SessionConnection(
                split,
                Fixture.options(BrokerAddress.of("tcp://127.0.0.1:1"), 10),
                Protocol.MQTT_5,
                handover,
                gate,
                (which, cause) -> {}))
        .join();
    return MqttSessionSplitState.of(split);
  }

  private FakeAck emit(String session, int number, MqttSessionSplitState state) {
    FakeAck ack = new FakeAck(session, number);
    MqttMessage message = new MqttMessage("t", new byte[10], false, 1, null, 0);
    journals.emitted(new ReceivedMessage(session, message, ack), ack, state);
    return ack;
  }

  @Test
  void aDiskThatHangsHoldsUpNoOtherSession() {
    open(Duration.ofHours(1));
    MqttSessionSplitState a = session("a");
    MqttSessionSplitState b = session("b");
    disk.hang();
    FakeAck waits = emit("a", 1, a);
    FakeAck passes = emit("b", 1, b);
    await().until(() -> passes.acknowledged);
    assertThat(waits.acknowledged).isFalse();
    journals.close();
    assertThat(waits.acknowledged).isFalse();
  }

  @Test
  void acknowledgesInOrderWhatACheckpointHoldsWhileTheDiskHangs() {
    open(Duration.ZERO);
    MqttSessionSplitState a = session("a");
    disk.hang();
    FakeAck first = emit("a", 1, a);
    FakeAck second = emit("a", 2, a);
    journals.snapshot(1, Map.of("a", a));
    FakeAck behind = emit("a", 3, a);
    journals.complete(1);
    await().until(() -> second.acknowledged);
    assertThat(first.acknowledged).isTrue();
    assertThat(behind.acknowledged).isFalse();
    disk.answer();
    await().until(() -> behind.acknowledged);
  }
}
