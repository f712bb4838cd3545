package io.motorwatch.source.mqtt.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SessionSchedulerTest {

  private final MessageHandover handover = new MessageHandover(1, () -> {});

  @Test
  void failsTheTaskWithWhatAnActionThrows() {
    OutOfMemoryError error = new OutOfMemoryError("test");
    try (SessionScheduler scheduler = new SessionScheduler(handover)) {
      scheduler.execute(
          () -> {
            throw error;
          });
      assertThatThrownBy(() -> handover.take(1))
          .hasMessageContaining("an MQTT session cannot go on")
          .hasRootCause(error);
    }
  }

  @Test
  void runsActionsInTheirOrderAndNoneAfterTheClose() throws Exception {
    StringBuilder said = new StringBuilder();
    CompletableFuture<Void> done = new CompletableFuture<>();
    SessionScheduler scheduler = new SessionScheduler(handover);
    scheduler.execute(() -> said.append("a"));
    scheduler.execute(() -> said.append("b"));
    scheduler.execute(() -> done.complete(null));
    done.get();
    scheduler.close();
    scheduler.execute(() -> said.append("c"));
    assertThat(said).hasToString("ab");
  }
}
