package io.motorwatch.benchmarks;

import io.motorwatch.jobs.cluster.EmbeddedMetrics;
import io.motorwatch.local.LocalInfluxDb;
import io.motorwatch.sink.influx.InfluxConnection;
import io.motorwatch.sink.influx.InfluxProvisioner;
import io.motorwatch.sink.influx.InfluxSink;
import io.motorwatch.sink.influx.InfluxSinkMetrics;
import io.motorwatch.sink.influx.PointWriter;
import io.motorwatch.sink.influx.Retention;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.metrics.HistogramStatistics;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Points of a hundred devices into a private InfluxDB: by a bare loop that posts batches made
 * before, one after the other (what the database can do), and by the sink in a Flink job with a
 * checkpoint a second, batches of the same size. Then the latency of its requests at 5,000 points a
 * second in batches of 500.
 */
@Command
final class InfluxSinkBenchmark implements Benchmark {

  private static final int DEVICES = 100;
  private static final int BATCH = 5_000;
  private static final int PREPARED_BATCHES = 400;
  private static final long START_MS = 1_750_000_000_000L;
  private static final double SLOW_POINTS_PER_SECOND = 5_000;
  private static final int SLOW_BATCH = 500;
  private static final String DATABASE = "bench";
  private static final LongAdder WRITTEN = new LongAdder();

  @Option(
      names = "--warm-up",
      paramLabel = "SECONDS",
      defaultValue = "5",
      description = "Before each measurement; default ${DEFAULT-VALUE}.")
  long warmUp;

  @Option(
      names = "--seconds",
      paramLabel = "SECONDS",
      defaultValue = "12",
      description = "Of each measurement; default ${DEFAULT-VALUE}.")
  long seconds;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "2",
      description = "Rounds, of which the best counts; default ${DEFAULT-VALUE}.")
  int rounds;

  @Override
  public void run(PrintStream out) throws Exception {
    double bare = 0;
    double sink = 0;
    for (int round = 0; round < rounds; round++) {
      bare = Math.max(bare, measure(InfluxSinkBenchmark::bareLoop));
      sink = Math.max(sink, measure(url -> job(url, BATCH, Double.MAX_VALUE)));
    }
    out.println(new Result("influx-sink", "bare-loop").with("pointsPerSecond", Math.round(bare)));
    out.println(
        new Result("influx-sink", "sink")
            .with("pointsPerSecond", Math.round(sink))
            .with("ratioToBareLoop", sink / bare));
    latency(out);
  }

  /** Starts to write, and counts in {@link #WRITTEN}. */
  @FunctionalInterface
  private interface Writing {
    AutoCloseable start(String url) throws Exception;
  }

  private double measure(Writing writing) throws Exception {
    try (TemporaryFolder folder = TemporaryFolder.create();
        LocalInfluxDb influx = LocalInfluxDb.start(folder.path())) {
      provision(influx.url());
      try (AutoCloseable running = writing.start(influx.url())) {
        TimeUnit.SECONDS.sleep(warmUp);
        long before = WRITTEN.sum();
        long from = System.nanoTime();
        TimeUnit.SECONDS.sleep(seconds);
        return (WRITTEN.sum() - before) * 1e9 / (System.nanoTime() - from);
      }
    }
  }

  private static void provision(String url) throws Exception {
    InfluxProvisioner.provision(
        InfluxConnection.of(url, DATABASE),
        List.of(Retention.forEver("hot"), Retention.forEver("events")));
  }

  private static void point(long number, PointWriter out) {
    out.begin("hot", "telemetry")
        .tag("site", "plant")
        .tag("device", "motor-" + number % DEVICES)
        .field("current", 9 + number % 97 / 100.0)
        .field("speed", 1470 + number % 31 / 10.0)
        .time(START_MS + number / DEVICES);
  }

  private static String line(long number) {
    return "telemetry,site=plant,device=motor-"
        + number % DEVICES
        + " current="
        + (9 + number % 97 / 100.0)
        + ",speed="
        + (1470 + number % 31 / 10.0)
        + ' '
        + (START_MS + number / DEVICES);
  }

  private static AutoCloseable bareLoop(String url) {
    byte[][] batches = new byte[PREPARED_BATCHES][];
    for (int batch = 0; batch < PREPARED_BATCHES; batch++) {
      StringBuilder lines = new StringBuilder();
      for (int i = 0; i < BATCH; i++) {
        lines.append(line((long) batch * BATCH + i)).append('\n');
      }
      batches[batch] = lines.toString().getBytes(StandardCharsets.UTF_8);
    }
    URI uri = URI.create(url + "/write?db=" + DATABASE + "&rp=hot&precision=ms");
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    Thread loop = new Thread(() -> post(client, uri, batches), "bare-loop");
    loop.start();
    return () -> {
      loop.interrupt();
      loop.join();
    };
  }

  private static void post(HttpClient client, URI uri, byte[][] batches) {
    try {
      for (int batch = 0; true; batch = (batch + 1) % batches.length) {
        HttpRequest request =
            HttpRequest.newBuilder(uri)
                .POST(HttpRequest.BodyPublishers.ofByteArray(batches[batch]))
                .build();
        int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        if (status != 204) {
          throw new IllegalStateException("InfluxDB answered " + status);
        }
        WRITTEN.add(BATCH);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static AutoCloseable job(String url, int batch, double perSecond) throws Exception {
    TemporaryFolder checkpoints = TemporaryFolder.create();
    Configuration settings = new Configuration();
    settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(1));
    // What the database has not taken yet is more than fits into the job manager's memory.
    settings.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
    settings.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.path().toUri().toString());
    settings.set(RestartStrategyOptions.RESTART_STRATEGY, "disable");
    settings.set(PipelineOptions.OBJECT_REUSE, true);
    settings.set(PipelineOptions.GENERIC_TYPES, false);
    settings.setString(
        "metrics.reporter.embedded.factory.class", EmbeddedMetrics.Factory.class.getName());
    StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1, settings);
    InfluxSink<Long> sink =
        InfluxSink.<Long>builder()
            .connection(InfluxConnection.of(url, DATABASE))
            .serializer(
                (number, out) -> {
                  point(number, out);
                  WRITTEN.increment();
                })
            .batchSize(batch)
            .build();
    // Over and over the points the bare loop writes, so that both cost the database the same.
    long different = (long) PREPARED_BATCHES * BATCH;
    env.fromSource(
            new DataGeneratorSource<>(
                number -> number % different,
                Long.MAX_VALUE,
                perSecond == Double.MAX_VALUE
                    ? RateLimiterStrategy.noOp()
                    : RateLimiterStrategy.perSecond(perSecond),
                Types.LONG),
            WatermarkStrategy.noWatermarks(),
            "points")
        .sinkTo(sink);
    JobClient running = env.executeAsync("influx-sink");
    return () -> {
      running.cancel().get(10, TimeUnit.SECONDS);
      checkpoints.close();
    };
  }

  private void latency(PrintStream out) throws Exception {
    try (TemporaryFolder folder = TemporaryFolder.create();
        LocalInfluxDb influx = LocalInfluxDb.start(folder.path())) {
      provision(influx.url());
      try (AutoCloseable running = job(influx.url(), SLOW_BATCH, SLOW_POINTS_PER_SECOND)) {
        TimeUnit.SECONDS.sleep(warmUp + seconds);
        HistogramStatistics millis =
            EmbeddedMetrics.histogram(InfluxSinkMetrics.WRITE_LATENCY)
                .orElseThrow(() -> new IllegalStateException("no request was measured"));
        out.println(
            new Result("influx-sink", "latency")
                .with("pointsPerSecond", Math.round(SLOW_POINTS_PER_SECOND))
                .with("batch", SLOW_BATCH)
                .with("p50Ms", millis.getQuantile(0.5))
                .with("p95Ms", millis.getQuantile(0.95))
                .with("p99Ms", millis.getQuantile(0.99)));
      }
    }
  }
}
