package io.motorwatch.source.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class PendingPingsTest {

  private final PendingPings pings = new PendingPings();

  @Test
  void takesTheAnswerToAPingOfTheKeepAliveForNobodysOwn() {
    CompletableFuture<Void> third = pings.send(() -> 3);
    pings.answered();
    pings.answered();
    assertThat(third).isNotDone();
    pings.answered();
    assertThat(third).isCompleted();
  }

  @Test
  void answersInTheOrderTheyWereSent() {
    CompletableFuture<Void> first = pings.send(() -> 1);
    CompletableFuture<Void> second = pings.send(() -> 2);
    pings.answered();
    assertThat(first).isCompleted();
    assertThat(second).isNotDone();
  }

  @Test
  void failsThoseThatNoAnswerCanComeForAnyMore() {
    CompletableFuture<Void> ping = pings.send(() -> 1);
    pings.fail(new IOException("cut"));
    assertThat(ping).isCompletedExceptionally();
  }
}
