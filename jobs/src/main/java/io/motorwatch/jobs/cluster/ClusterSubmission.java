package io.motorwatch.jobs.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.motorwatch.jobs.MotorwatchJob;
import io.motorwatch.jobs.config.ConfigException;
import io.motorwatch.jobs.config.MotorwatchConfig;
import io.motorwatch.jobs.topology.MotorwatchTopology.Branches;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/** Submits the fat jar to a Flink cluster through its REST address. */
public final class ClusterSubmission {

  private final String host;
  private final int port;

  public ClusterSubmission(String host, int port) {
    this.host = host;
    this.port = port;
  }

  /**
   * The job of our name that is on the cluster and not over, whether it runs already or not yet.
   *
   * @throws ConfigException if the cluster does not tell
   */
  public Optional<String> present() throws ConfigException, InterruptedException {
    try {
      FlinkRest rest = new FlinkRest("http://" + host + ":" + port);
      for (JsonNode job : rest.get("/jobs/overview").path("jobs")) {
        JobStatus status = JobStatus.valueOf(job.path("state").asText());
        if (job.path("name").asText().equals(JobSettings.NAME) && !status.isTerminalState()) {
          return Optional.of(job.path("jid").asText());
        }
      }
      return Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      throw new ConfigException(
          "--jobmanager: Flink at "
              + host
              + ":"
              + port
              + " does not tell which jobs it has: check that it runs there ("
              + e
              + ")");
    }
  }

  /**
   * Submits the job and returns.
   *
   * @param savepoint to go on from, as the cluster sees it, or null
   */
  public JobID submit(MotorwatchConfig config, int parallelism, @Nullable String savepoint)
      throws Exception {
    Configuration settings = new Configuration();
    JobSettings.resumeFrom(settings, savepoint);
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createRemoteEnvironment(
            host, port, settings, fatJar().toString());
    env.setParallelism(parallelism);
    Pipelines.addTo(env, config, Branches.BOTH);
    JobClient client = env.executeAsync();
    return client.getJobID();
  }

  /** The jar this code runs from. */
  private static Path fatJar() throws ConfigException, URISyntaxException {
    Path place =
        Path.of(MotorwatchJob.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    if (!Files.isRegularFile(place)) {
      throw new ConfigException(
          "submit needs motorwatch.jar, built by ./motorwatch, and runs from " + place);
    }
    return place;
  }
}
