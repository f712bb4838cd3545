package io.motorwatch.benchmarks;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;

/** Savepoints of running jobs, to be measured. */
public final class Savepoints {

  private static final Duration START_LIMIT = Duration.ofSeconds(30);

  private Savepoints() {}

  /**
   * Takes one; its path. Few readings may be through before the job manager knows that the tasks
   * run, so it is asked again for a while.
   */
  public static String take(JobClient job, Path folder, SavepointFormatType format)
      throws Exception {
    long end = System.nanoTime() + START_LIMIT.toNanos();
    while (true) {
      try {
        return job.triggerSavepoint(folder.toUri().toString(), format).get(5, TimeUnit.MINUTES);
      } catch (ExecutionException e) {
        if (System.nanoTime() > end) {
          throw e;
        }
        TimeUnit.MILLISECONDS.sleep(50);
      }
    }
  }
}
