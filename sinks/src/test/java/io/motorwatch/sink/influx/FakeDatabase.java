package io.motorwatch.sink.influx;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;

/**
 * Answers requests when the test says so, on the test's thread, by a script; keeps the lines it
 * stored in their order. Time stands still until the test moves it.
 */
final class FakeDatabase implements DeliveryScheduler.Requests {

  private record Request(DestinationQueue queue, LineBatch lines) {}

  private final Deque<Request> underWay = new ArrayDeque<>();
  final List<String> stored = new ArrayList<>();
  int mostAtOnce;
  long wallClock;
  private long nanos = Long.MAX_VALUE - 1;
  long wakeUpAfter = -1;
  Function<LineBatch, WriteResponse> script = lines -> WriteResponse.of(204, "");

  @Override
  public void start(DestinationQueue queue, LineBatch lines) {
    underWay.addLast(new Request(queue, lines));
    mostAtOnce = Math.max(mostAtOnce, underWay.size());
  }

  @Override
  public void wakeUpIn(long millis) {
    wakeUpAfter = millis;
  }

  @Override
  public long now() {
    return wallClock;
  }

  @Override
  public long nanoTime() {
    return nanos;
  }

  /** Lets time pass. */
  void passes(long millis) {
    wallClock += millis;
    nanos += millis * 1_000_000;
  }

  /** Answers the oldest request. */
  void answerOne(DeliveryScheduler delivery) throws IOException {
    Request request = underWay.removeFirst();
    WriteResponse response = script.apply(request.lines());
    if (ResponseClassifier.classify(response) == WriteOutcome.SUCCESS) {
      stored.addAll(request.lines().text().lines().toList());
    }
    delivery.answered(request.queue(), response, 1_000_000);
  }

  /** Answers until nothing is under way. */
  void answerAll(DeliveryScheduler delivery) throws IOException {
    while (!underWay.isEmpty()) {
      answerOne(delivery);
    }
  }
}
