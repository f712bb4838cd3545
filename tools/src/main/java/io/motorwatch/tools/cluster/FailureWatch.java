package io.motorwatch.tools.cluster;

import java.util.Optional;

/**
 * Reports each failure of a job once: Flink restarts a job indefinitely, which a console does not
 * show. For one thread at a time.
 */
final class FailureWatch {

  private final JobRest rest;
  private long reportedAt;

  FailureWatch(JobRest rest) {
    this.rest = rest;
  }

  /**
   * What the job failed with and is restarted, if it did since the last call; of several failures
   * the last.
   */
  Optional<String> next() throws InterruptedException {
    JobRest.Failure failure = rest.lastFailure().orElse(null);
    if (failure == null || failure.at() <= reportedAt || rest.failing()) {
      // What a job ends with is the result of the job itself.
      return Optional.empty();
    }
    reportedAt = failure.at();
    return Optional.of("the job failed, and Flink restarts it: " + failure.why());
  }
}
