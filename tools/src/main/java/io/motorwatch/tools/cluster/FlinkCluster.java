package io.motorwatch.tools.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.motorwatch.jobs.MotorwatchJob;
import io.motorwatch.jobs.config.ConfigException;
import io.motorwatch.jobs.config.MotorwatchConfig;
import io.motorwatch.jobs.startup.BoundedCall;
import io.motorwatch.jobs.topology.ConfiguredJob;
import io.motorwatch.jobs.topology.JobSettings;
import io.motorwatch.jobs.topology.MotorwatchTopology.Branches;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.URISyntaxException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/** A running Flink cluster, by its REST address. Whatever fails names that address. */
public final class FlinkCluster {

  /** What the job is called unless it is given a name. */
  public static final String DEFAULT_NAME = JobSettings.NAME;

  private static final long POLL_MS = 250;

  private final String host;
  private final int port;
  private final Duration limit;
  private final FlinkRest rest;

  /**
   * @param limit how long anything of it may take
   */
  public FlinkCluster(String host, int port, Duration limit) {
    this.host = host;
    this.port = port;
    this.limit = limit;
    this.rest = new FlinkRest("http://" + host + ":" + port, limit);
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }

  /**
   * The id of the job of a name that is on the cluster and not over, whether it runs already or not
   * yet.
   *
   * @throws ConfigException if the cluster does not answer
   */
  public Optional<String> present(String name) throws ConfigException, InterruptedException {
    for (JsonNode job : ask("/jobs/overview").path("jobs")) {
      boolean over = JobStatus.valueOf(job.path("state").asText()).isTerminalState();
      if (job.path("name").asText().equals(name) && !over) {
        return Optional.of(job.path("jid").asText());
      }
    }
    return Optional.empty();
  }

  /** Whether its address is one of this machine's, where a folder of ours is one of its. */
  public boolean local() {
    try {
      InetAddress address = InetAddress.getByName(host);
      return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
    } catch (IOException e) {
      // A name that only the cluster's clients resolve.
      return false;
    }
  }

  /**
   * The durable place for checkpoints that the cluster itself has.
   *
   * @throws ConfigException if the cluster does not answer
   */
  public Optional<String> checkpointDirectory() throws ConfigException, InterruptedException {
    for (JsonNode setting : ask("/jobmanager/config")) {
      String key = setting.path("key").asText();
      if (key.equals(CheckpointingOptions.CHECKPOINTS_DIRECTORY.key())
          || key.equals("state.checkpoints.dir")) {
        return Optional.of(setting.path("value").asText());
      }
    }
    return Optional.empty();
  }

  private JsonNode ask(String path) throws ConfigException, InterruptedException {
    try {
      return rest.get(path);
    } catch (IOException e) {
      throw new ConfigException(
          "--jobmanager: Flink at "
              + this
              + " does not answer: check that it runs there, and that this is its REST address ("
              + reason(e)
              + ")");
    }
  }

  private static String reason(IOException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnresolvedAddressException) {
        return "unknown host";
      }
    }
    return e instanceof ConnectException && e.getMessage() == null
        ? "nothing listens there"
        : String.valueOf(e.getMessage());
  }

  /**
   * Submits the job and returns.
   *
   * @param savepoint to resume from, as the cluster sees it, or null
   * @throws IOException if the cluster refuses it, or does not take it in time
   */
  public JobID submit(
      MotorwatchConfig config, String name, int parallelism, @Nullable String savepoint)
      throws Exception {
    Configuration settings = new Configuration();
    JobSettings.resumeFrom(settings, savepoint);
    // Where the cluster keeps checkpoints, unless the config names a place.
    checkpointDirectory()
        .ifPresent(dir -> settings.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, dir));
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createRemoteEnvironment(
            host, port, settings, fatJar().toString());
    env.setParallelism(parallelism);
    ConfiguredJob.addTo(env, config, Branches.BOTH);
    try {
      return BoundedCall.run("submit", limit, () -> env.executeAsync(name)).getJobID();
    } catch (TimeoutException e) {
      throw new IOException(
          "Flink at "
              + this
              + " has not taken the job within "
              + limit.toSeconds()
              + " s: look into its web UI before trying again, it may still start",
          e);
    } catch (ExecutionException e) {
      throw new IOException("Flink at " + this + " refuses the job: " + innermost(e), e);
    }
  }

  private static String innermost(Throwable failure) {
    String message = String.valueOf(failure.getMessage());
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause.getMessage() != null && !cause.getMessage().isBlank()) {
        message = cause.getMessage();
      }
    }
    // The job manager sends its own stack trace as text.
    return message.contains("\n\tat ") ? RootCause.of(message) : message;
  }

  /**
   * Stops a job with a savepoint, which is complete when this returns.
   *
   * @param folder where to put it as the cluster sees it, or null for the job's or cluster's own
   * @return where it is
   * @throws IOException if there is none, or not in time; the job keeps running then
   */
  public String stop(String job, @Nullable String folder) throws IOException, InterruptedException {
    var request = JsonNodeFactory.instance.objectNode().put("drain", false);
    if (folder != null) {
      request.put("targetDirectory", folder);
    }
    String trigger = rest.post("/jobs/" + job + "/stop", request).path("request-id").asText();
    long end = System.nanoTime() + limit.toNanos();
    while (System.nanoTime() < end) {
      JsonNode answer = rest.get("/jobs/" + job + "/savepoints/" + trigger);
      if (answer.path("status").path("id").asText().equals("COMPLETED")) {
        JsonNode operation = answer.path("operation");
        if (operation.has("location")) {
          return operation.path("location").asText();
        }
        throw new IOException(
            "Flink at "
                + this
                + " could not stop the job, which keeps running: "
                + RootCause.of(operation.path("failure-cause").path("stack-trace").asText()));
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MS);
    }
    throw new IOException(
        "Flink at "
            + this
            + " has no savepoint yet after "
            + limit.toSeconds()
            + " s: a savepoint waits for all in front of it, so look whether the database takes"
            + " points; the job stops once it is complete");
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
