package io.motorwatch.source.mqtt.client;

import io.motorwatch.mqtt.RefusedException;
import io.motorwatch.mqtt.SilenceException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The one SUBSCRIBE and the one UNSUBSCRIBE of a connection, and what the broker answers them.
 * Thread-safe.
 */
final class SubscriptionRequests {

  static final int SUBSCRIBE_ID = 1;
  static final int UNSUBSCRIBE_ID = 2;

  private final Duration timeout;
  private final Supplier<CompletableFuture<Void>> roundTrip;
  private final Consumer<Throwable> onSilence;
  private final CompletableFuture<Void> subscribed = new CompletableFuture<>();
  private final CompletableFuture<Void> unsubscribed = new CompletableFuture<>();

  /** The highest there is, as long as the broker has not answered. */
  private volatile int grantedQos = 2;

  /**
   * @param timeout for an answer
   * @param roundTrip goes to the broker and back, see {@link MqttConnection#roundTrip}
   * @param onSilence gets the reason when the broker lives and does not answer
   */
  SubscriptionRequests(
      Duration timeout,
      Supplier<CompletableFuture<Void>> roundTrip,
      Consumer<Throwable> onSilence) {
    this.timeout = timeout;
    this.roundTrip = roundTrip;
    this.onSilence = onSilence;
  }

  /** SUBSCRIBE was sent. */
  CompletableFuture<Void> subscribing() {
    expect(subscribed, "SUBSCRIBE");
    return subscribed;
  }

  /** UNSUBSCRIBE was sent. */
  CompletableFuture<Void> unsubscribing() {
    expect(unsubscribed, "UNSUBSCRIBE");
    return unsubscribed;
  }

  /** The lowest QoS the broker granted, once subscribed. */
  int grantedQos() {
    return grantedQos;
  }

  /** A SUBACK has come. */
  void subscribed(PacketDecoder packets) throws IOException {
    try {
      grantedQos = packets.granted();
      subscribed.complete(null);
    } catch (RefusedException e) {
      subscribed.completeExceptionally(e);
    }
  }

  /** An UNSUBACK has come. */
  void unsubscribed(PacketDecoder packets) throws IOException {
    try {
      int unused = packets.granted();
      unsubscribed.complete(null);
    } catch (RefusedException e) {
      unsubscribed.completeExceptionally(e);
    }
  }

  /** None will be answered any more. */
  void fail(Throwable cause) {
    subscribed.completeExceptionally(cause);
    unsubscribed.completeExceptionally(cause);
  }

  /**
   * Gives the broker the timeout to answer what was just sent. The answer may stand behind messages
   * that we take slowly, so time alone proves nothing: the answer to a first ping shows that the
   * broker has got the request, and that to a second, sent when the time is over, that we have read
   * all it sent till then.
   */
  private void expect(CompletableFuture<Void> answer, String request) {
    var unused =
        roundTrip
            .get()
            .thenCompose(
                nothing ->
                    new CompletableFuture<@Nullable Void>()
                        .completeOnTimeout(null, timeout.toMillis(), TimeUnit.MILLISECONDS))
            .thenCompose(nothing -> roundTrip.get())
            .thenRun(
                () -> {
                  if (!answer.isDone()) {
                    onSilence.accept(
                        new SilenceException(
                            "no answer to %s within %d s, though it answers pings: check the broker's log, and what decides on access rights there"
                                .formatted(request, timeout.toSeconds())));
                  }
                });
  }
}
