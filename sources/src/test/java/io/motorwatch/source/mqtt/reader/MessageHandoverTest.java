package io.motorwatch.source.mqtt.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.motorwatch.source.mqtt.MqttMessage;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class MessageHandoverTest {

  private final AtomicInteger dropped = new AtomicInteger();
  private final MessageHandover handover = new MessageHandover(3, dropped::incrementAndGet);

  private static ReceivedMessage message(String session, String topic, @Nullable AckHandle ack) {
    return new ReceivedMessage(
        session, new MqttMessage(topic, new byte[0], false, ack == null ? 0 : 1, null, 1), ack);
  }

  private List<String> takeTopics(int limit) throws IOException {
    return handover.take(limit).stream().map(received -> received.message().topic()).toList();
  }

  @Test
  void keepsTheOrderOfArrivalAcrossQualitiesOfService() throws Exception {
    handover.put(message("s", "a", new FakeAck()));
    handover.put(message("s", "b", null));
    handover.put(message("s", "c", new FakeAck()));
    assertThat(takeTopics(2)).containsExactly("a", "b");
    assertThat(takeTopics(2)).containsExactly("c");
  }

  @Test
  void dropsTheOldestOfQos0AndNothingElse() throws Exception {
    handover.put(message("s", "assured", new FakeAck()));
    for (int i = 0; i < MessageHandover.QOS0_LIMIT + 3; i++) {
      handover.put(message("s", "q" + i, null));
    }
    assertThat(dropped).hasValue(3);
    assertThat(takeTopics(2)).containsExactly("assured", "q3");
  }

  @Test
  void holdsTheNetworkThreadUpWhileItIsFull() throws Exception {
    CompletableFuture<Void> put =
        CompletableFuture.runAsync(
            () -> {
              for (int i = 0; i < 5; i++) {
                try {
                  handover.put(message("s", "m" + i, new FakeAck()));
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              }
            });
    await().until(() -> handover.size() == 3);
    await().during(Duration.ofMillis(100)).until(() -> !put.isDone());
    assertThat(takeTopics(2)).containsExactly("m0", "m1");
    put.get(5, TimeUnit.SECONDS);
    assertThat(takeTopics(10)).containsExactly("m2", "m3", "m4");
  }

  @Test
  void wakesATakeThatWaits() throws Exception {
    CompletableFuture<List<String>> taken =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return takeTopics(10);
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });
    handover.wakeUp();
    assertThat(taken.get(5, TimeUnit.SECONDS)).isEmpty();
  }

  @Test
  void remembersAWakeUpUntilTheNextTake() throws IOException {
    handover.wakeUp();
    assertThat(takeTopics(10)).isEmpty();
  }

  @Test
  void throwsOnceASessionHasFailed() {
    handover.fail(new IOException("first"));
    handover.fail(new IOException("second"));
    assertThatThrownBy(() -> handover.take(1)).isInstanceOf(IOException.class).hasMessage("first");
  }

  @Test
  void forgetsWhatTheBrokerWillSendAgain() throws Exception {
    FakeAck ended = new FakeAck();
    handover.put(message("s", "old", ended));
    handover.put(message("t", "other session", ended));
    handover.put(message("s", "new", new FakeAck()));
    handover.put(message("s", "qos 0", null));
    ended.current = false;
    handover.dropStale("s");
    assertThat(takeTopics(10)).containsExactly("other session", "new", "qos 0");
    assertThat(handover.size()).isZero();
  }

  @Test
  void takesNothingMoreFromAConnectionThatHasEnded() throws Exception {
    FakeAck ended = new FakeAck();
    ended.current = false;
    handover.put(message("s", "would come before those in front of it", ended));
    assertThat(handover.size()).isZero();
  }

  @Test
  void letsGoOfANetworkThreadWhoseConnectionEndsWhileItWaits() throws Exception {
    FakeAck connection = new FakeAck();
    CompletableFuture<Void> put =
        CompletableFuture.runAsync(
            () -> {
              for (int i = 0; i < 4; i++) {
                try {
                  handover.put(message("s", "m" + i, connection));
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              }
            });
    await().until(() -> handover.size() == 3);
    connection.current = false;
    handover.dropStale("s");
    put.get(5, TimeUnit.SECONDS);
    assertThat(handover.size()).isZero();
  }
}
