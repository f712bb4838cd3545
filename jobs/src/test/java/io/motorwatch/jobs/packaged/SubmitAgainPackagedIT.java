package io.motorwatch.jobs.packaged;

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
  private static final Pattern GOING_ON = Pattern.compile("going on from file:/*(/\\S+/chk-\\d+)");

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

  private String submit(FlinkCluster cluster, String name) throws Exception {
    Path config =
        Files.writeString(
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
    try (JavaProcess submit =
        JavaProcess.motorwatch(
            folder.resolve(name + ".log"),
            "submit",
            "--config=" + config,
            "--jobmanager=" + cluster.address(),
            "--unless-present",
            "--resume")) {
      assertThat(submit.exitStatus(120)).as(submit.output()).isZero();
      return submit.output();
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
      assertThat(first).contains("beginning anew");
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
}
