package io.motorwatch.tools.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.motorwatch.local.LocalInfluxDb;
import io.motorwatch.local.LocalMosquitto;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** {@code submit} as docker-compose.yml calls it each time everything is started. */
class SubmitAgainPackagedIT {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Pattern SUBMITTED = Pattern.compile("submitted job ([0-9a-f]{32})");
  private static final Pattern GOING_ON = Pattern.compile("resuming from file:/*(/\\S+/chk-\\d+)");

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  private LocalMosquitto broker;
  private LocalInfluxDb database;

  @BeforeEach
  void startServers() throws Exception {
    broker = LocalMosquitto.start(Files.createDirectory(folder.resolve("mqtt")));
    database = LocalInfluxDb.start(Files.createDirectory(folder.resolve("influx")));
  }

  @AfterEach
  void stopServers() {
    database.close();
    broker.close();
  }

  /** As docker-compose.yml does. */
  private String submit(FlinkCluster cluster, String name) throws Exception {
    return motorwatch(
        name,
        0,
        "submit",
        "--config=" + config(),
        "--jobmanager=" + cluster.address(),
        "--unless-present",
        "--resume");
  }

  private Path config() throws Exception {
    return Files.writeString(
        folder.resolve("motorwatch.yaml"),
        """
            mqtt: {uri: "%s"}
            influx: {url: "%s"}
            patterns: {file: "%s"}
            checkpoint: {interval: 300ms, dir: "%s"}
            """
            .formatted(
                broker.uri(),
                database.url(),
                Path.of("../conf/patterns.yaml").toAbsolutePath(),
                folder.resolve("checkpoints")));
  }

  /** What a command prints. */
  private String motorwatch(String name, int status, String... arguments) throws Exception {
    try (JavaProcess command = JavaProcess.motorwatch(folder.resolve(name + ".log"), arguments)) {
      assertThat(command.exitStatus(120)).as(command.output()).isEqualTo(status);
      return command.output();
    }
  }

  private static String found(Pattern pattern, String output) {
    Matcher matcher = pattern.matcher(output);
    assertThat(matcher.find()).as(output).isTrue();
    return matcher.group(1);
  }

  @Test
  void leavesAJobThatIsThereAloneAndGoesOnFromTheNewestCheckpointOfOneThatIsGone()
      throws Exception {
    try (FlinkCluster cluster =
        FlinkCluster.start(Files.createDirectory(folder.resolve("flink")), 1)) {
      String first = submit(cluster, "first");
      assertThat(first).contains("starting without earlier state");
      String job = found(SUBMITTED, first);
      await()
          .atMost(PATIENCE)
          .until(() -> cluster.get("/jobs/" + job + "/checkpoints").contains("\"external_path\":"));

      assertThat(submit(cluster, "second"))
          .contains("nothing submitted: the cluster has job " + job + " already")
          .doesNotContain("submitted job ");
      assertThat(cluster.get("/jobs").split("\"id\"", -1)).hasSize(2);
    }
    try (FlinkCluster another =
        FlinkCluster.start(Files.createDirectory(folder.resolve("another")), 1)) {
      String third = submit(another, "third");
      String job = found(SUBMITTED, third);
      String checkpoint = found(GOING_ON, third);
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(another.get("/jobs/" + job + "/checkpoints"))
                      .containsPattern(
                          "\"restored\":\\{[^}]*\"external_path\":\"file:/*"
                              + Pattern.quote(checkpoint)
                              + "\""));
    }
  }

  @Test
  void refusesASecondJobOfOneNameStopsTheFirstWithASavepointAndResumesFromIt() throws Exception {
    try (FlinkCluster cluster =
        FlinkCluster.start(Files.createDirectory(folder.resolve("flink")), 2)) {
      String config = "--config=" + config();
      String manager = "--jobmanager=http://" + cluster.address();
      String job = found(SUBMITTED, motorwatch("one", 0, "submit", config, manager));

      assertThat(motorwatch("two", 1, "submit", config, manager))
          .contains("nothing submitted: " + cluster.address() + " has the job 'motorwatch' already")
          .contains("./motorwatch stop --config", "--name");
      // Another plant beside it, from the same config: with client ids and state of its own.
      String other =
          found(SUBMITTED, motorwatch("plant", 0, "submit", config, manager, "--name=plant-2"));
      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  runs(cluster, job)
                      && runs(cluster, other)
                      && Files.exists(folder.resolve("checkpoints/jobs/plant-2/checkpoints")));

      String stopped = motorwatch("stop", 0, "stop", config, manager);
      String savepoint = found(Pattern.compile("savepoint file:/*(/\\S+)"), stopped);
      assertThat(Path.of(savepoint)).hasParent(folder.resolve("checkpoints/savepoints"));
      assertThat(runs(cluster, job)).isFalse();
      assertThat(runs(cluster, other)).isTrue();
      assertThat(motorwatch("stop-again", 1, "stop", config, manager))
          .contains("has no job 'motorwatch' that runs");

      assertThat(motorwatch("again", 0, "submit", config, manager))
          .contains("resuming from file:")
          .contains(savepoint);
    }
  }

  private static boolean runs(FlinkCluster cluster, String job) throws Exception {
    return cluster.get("/jobs/" + job).contains("\"state\":\"RUNNING\"");
  }

  @Test
  void warnsLoudlyOfAClusterThatKeepsCheckpointsInMemoryOnly() throws Exception {
    try (FlinkCluster cluster =
        FlinkCluster.start(Files.createDirectory(folder.resolve("flink")), 1)) {
      String printed =
          motorwatch(
              "memory",
              0,
              "submit",
              "--config=" + config(),
              "--set=checkpoint.dir=null",
              "--jobmanager=" + cluster.address());
      assertThat(printed).contains("WARNING: NO DURABLE CHECKPOINTS");
    }
  }
}
