package io.motorwatch.benchmarks;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.motorwatch.local.LocalInfluxDb;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot write must not be taken for slow. */
class WritingITCase {

  private static final Duration LIMIT = Duration.ofMinutes(2);

  @TempDir Path folder;

  @Test
  void aBareLoopThatIsRefusedFailsInsteadOfEndingUnnoticed() throws Exception {
    try (LocalInfluxDb influx = LocalInfluxDb.start(folder);
        Writing loop = BareLoop.start(influx.url(), 10)) {
      assertThatThrownBy(() -> loop.goOn(LIMIT))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("InfluxDB answered 404");
    }
  }

  @Test
  void aJobThatDiesFailsInsteadOfEndingUnnoticed() throws Exception {
    try (LocalInfluxDb influx = LocalInfluxDb.start(folder);
        Writing job =
            SinkJob.start(
                influx.url(),
                10,
                parallelism -> {
                  throw new IllegalStateException("out of order");
                })) {
      assertThatThrownBy(() -> job.goOn(LIMIT))
          .isInstanceOf(IllegalStateException.class)
          .hasStackTraceContaining("out of order");
    }
  }
}
