package io.motorwatch.benchmarks;

import io.motorwatch.local.LocalInfluxDb;
import io.motorwatch.sink.influx.InfluxConnection;
import io.motorwatch.sink.influx.InfluxProvisioner;
import io.motorwatch.sink.influx.InfluxSinkMetrics;
import io.motorwatch.sink.influx.Retention;
import io.motorwatch.tools.cluster.EmbeddedMetrics;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.metrics.HistogramStatistics;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Points of a hundred devices into a private InfluxDB: by a bare loop that posts batches made
 * before, one after the other (what the database can do), and by the sink in a Flink job with a
 * checkpoint a second, batches of the same size. Both count what the database has answered. Then
 * the latency of its requests at 5,000 points a second in batches of 500.
 */
@Command
final class InfluxSinkBenchmark implements Benchmark {

  private static final int BATCH = 5_000;
  private static final double SLOW_POINTS_PER_SECOND = 5_000;
  private static final int SLOW_BATCH = 500;
  static final String DATABASE = "bench";

  @Mixin final SharedOptions.WarmUp warmUp = new SharedOptions.WarmUp();

  @Option(
      names = "--seconds",
      paramLabel = "SECONDS",
      defaultValue = "12",
      description = "Of each measurement; default ${DEFAULT-VALUE}.")
  long seconds;

  @Mixin final SharedOptions.BestOf bestOf = new SharedOptions.BestOf();

  @Override
  public void run(PrintStream out) throws Exception {
    double bare = 0;
    double sink = 0;
    for (int round = 0; round < bestOf.rounds; round++) {
      bare = Math.max(bare, measure(url -> BareLoop.start(url, BATCH)));
      sink = Math.max(sink, measure(url -> SinkJob.start(url, BATCH, RateLimiterStrategy.noOp())));
    }
    out.println(new Result("influx-sink", "bare-loop").with("pointsPerSecond", Math.round(bare)));
    out.println(
        new Result("influx-sink", "sink")
            .with("pointsPerSecond", Math.round(sink))
            .with("ratioToBareLoop", sink / bare));
    latency(out);
  }

  /** Starts to write to the InfluxDB at an address. */
  @FunctionalInterface
  private interface Start {
    Writing at(String url) throws Exception;
  }

  private double measure(Start start) throws Exception {
    try (TemporaryFolder folder = TemporaryFolder.create();
        LocalInfluxDb influx = LocalInfluxDb.start(folder.path())) {
      provision(influx.url());
      try (Writing writing = start.at(influx.url())) {
        writing.goOn(Duration.ofSeconds(warmUp.seconds));
        long before = writing.answered();
        long from = System.nanoTime();
        writing.goOn(Duration.ofSeconds(seconds));
        return (writing.answered() - before) * 1e9 / (System.nanoTime() - from);
      }
    }
  }

  private static void provision(String url) throws Exception {
    InfluxProvisioner.provision(
        InfluxConnection.of(url, DATABASE),
        List.of(Retention.unlimited("hot"), Retention.unlimited("events")));
  }

  private void latency(PrintStream out) throws Exception {
    try (TemporaryFolder folder = TemporaryFolder.create();
        LocalInfluxDb influx = LocalInfluxDb.start(folder.path())) {
      provision(influx.url());
      try (Writing writing =
          SinkJob.start(
              influx.url(), SLOW_BATCH, RateLimiterStrategy.perSecond(SLOW_POINTS_PER_SECOND))) {
        writing.goOn(Duration.ofSeconds(warmUp.seconds + seconds));
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
