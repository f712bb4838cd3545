package io.motorwatch.tools.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Optional;
import org.apache.flink.api.common.JobID;

/** What Flink's REST interface says of a job that {@code JobClient} does not. */
final class JobRest {

  private final FlinkRest rest;
  private final String job;

  JobRest(String url, JobID job) {
    this.rest = new FlinkRest(url);
    this.job = "/jobs/" + job;
  }

  /** A failure of the job, after which Flink may restart it. */
  record Failure(long at, String why) {}

  /** Whether every task is running: restored, and taking in what comes. */
  boolean runs() throws InterruptedException {
    Optional<JsonNode> job = get("");
    if (job.isEmpty() || job.get().path("vertices").isEmpty()) {
      return false;
    }
    for (JsonNode vertex : job.get().path("vertices")) {
      if (vertex.path("tasks").path("RUNNING").asInt() < vertex.path("parallelism").asInt()) {
        return false;
      }
    }
    return true;
  }

  /** Whether a failure is or will be the job's end: Flink does not restart it. */
  boolean failing() throws InterruptedException {
    return get("").map(job -> job.path("state").asText().startsWith("FAIL")).orElse(false);
  }

  /** The last failure. */
  Optional<Failure> lastFailure() throws InterruptedException {
    return get("/exceptions?maxExceptions=1")
        .map(exceptions -> exceptions.path("exceptionHistory").path("entries").path(0))
        .filter(JsonNode::isObject)
        .map(
            entry ->
                new Failure(
                    entry.path("timestamp").asLong(),
                    RootCause.of(entry.path("stacktrace").asText())));
  }

  /** Nothing where Flink does not answer: it may not be there yet, or no more. */
  private Optional<JsonNode> get(String path) throws InterruptedException {
    try {
      return Optional.of(rest.get(job + path));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
