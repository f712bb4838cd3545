package io.motorwatch.benchmarks;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Posts batches that were made before, one after the other, over and over: what the database can
 * do.
 */
final class BareLoop implements Writing {

  /** How many different batches there are. */
  static final int BATCHES = 400;

  private final AtomicLong answered = new AtomicLong();
  private final FutureTask<Void> loop;
  private final Thread thread;

  private BareLoop(URI uri, byte[][] batches, int pointsEach) {
    this.loop =
        new FutureTask<>(
            () -> {
              post(uri, batches, pointsEach);
              return null;
            });
    this.thread = new Thread(loop, "bare-loop");
  }

  /** Starts it. */
  static BareLoop start(String url, int pointsEach) {
    byte[][] batches = new byte[BATCHES][];
    for (int batch = 0; batch < BATCHES; batch++) {
      StringBuilder lines = new StringBuilder();
      for (int i = 0; i < pointsEach; i++) {
        lines.append(SinkPoints.line((long) batch * pointsEach + i)).append('\n');
      }
      batches[batch] = lines.toString().getBytes(StandardCharsets.UTF_8);
    }
    URI uri =
        URI.create(url + "/write?db=" + InfluxSinkBenchmark.DATABASE + "&rp=hot&precision=ms");
    BareLoop loop = new BareLoop(uri, batches, pointsEach);
    loop.thread.start();
    return loop;
  }

  private void post(URI uri, byte[][] batches, int pointsEach) throws Exception {
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    for (int batch = 0; true; batch = (batch + 1) % batches.length) {
      HttpRequest request =
          HttpRequest.newBuilder(uri)
              .POST(HttpRequest.BodyPublishers.ofByteArray(batches[batch]))
              .build();
      int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      if (status != 204) {
        throw new IllegalStateException("InfluxDB answered " + status);
      }
      answered.addAndGet(pointsEach);
    }
  }

  @Override
  public long answered() {
    return answered.get();
  }

  @Override
  public Future<?> ended() {
    return loop;
  }

  @Override
  public void close() throws InterruptedException {
    thread.interrupt();
    thread.join();
  }
}
