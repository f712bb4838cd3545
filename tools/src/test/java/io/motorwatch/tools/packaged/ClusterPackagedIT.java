package io.motorwatch.tools.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.motorwatch.local.FreePort;
import io.motorwatch.local.LocalInfluxDb;
import io.motorwatch.local.LocalMosquitto;
import io.motorwatch.tools.demo.ReadBack;
import io.motorwatch.tools.demo.ReadBack.AlarmPoint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * The jar as {@code submit} brings it to a cluster whose task managers are killed, fed by {@code
 * simulate}: InfluxDB must hold what was published and the alarms of the fleet's truth.
 */
class ClusterPackagedIT {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String SITE = "cluster";
  private static final Set<String> IN_TRUTH = Set.of("overload", "stall", "locked-rotor-start");
  private static final Pattern TRUTH =
      Pattern.compile(
          ".*\"device\":\"([^\"]+)\".*\"pattern\":\"([^\"]+)\".*\"onsetAt\":(\\d+).*"
              + "\"raisedAt\":(\\d+).*\"clearedAt\":(\\d+).*");

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  private LocalMosquitto broker;
  private LocalInfluxDb database;

  @BeforeEach
  void startServers() throws Exception {
    // What it writes to its standard output it writes late.
    List<String> extra =
        List.of("allow_anonymous true", "log_type subscribe", "log_dest file " + brokerLog());
    broker =
        LocalMosquitto.start(Files.createDirectory(folder.resolve("mqtt")), FreePort.find(), extra);
    database = LocalInfluxDb.start(Files.createDirectory(folder.resolve("influx")));
  }

  @AfterEach
  void stopServers() {
    database.close();
    broker.close();
  }

  private Path brokerLog() {
    return folder.resolve("subscriptions.log");
  }

  private String submit(FlinkCluster cluster, int parallelism) throws Exception {
    Path config =
        Files.writeString(
            folder.resolve("motorwatch.yaml"),
            """
            mqtt: {uri: "%s"}
            influx: {url: "%s"}
            patterns: {file: "%s"}
            checkpoint: {interval: 300ms, dir: "%s"}
            timeline: {silent-after: 3s}
            """
                .formatted(
                    broker.uri(),
                    database.url(),
                    Path.of("../conf/patterns.yaml").toAbsolutePath(),
                    folder.resolve("checkpoints")));
    try (JavaProcess submit =
        JavaProcess.motorwatch(
            folder.resolve("submit.log"),
            "submit",
            "--config",
            config.toString(),
            "--jobmanager",
            cluster.address(),
            "--parallelism",
            String.valueOf(parallelism))) {
      assertThat(submit.exitStatus(120)).as(submit.output()).isZero();
      Matcher job = Pattern.compile("submitted job ([0-9a-f]{32})").matcher(submit.output());
      assertThat(job.find()).as(submit.output()).isTrue();
      // Until then the broker holds nothing for the job: what is published is for nobody.
      await()
          .atMost(PATIENCE)
          .until(() -> Files.readString(brokerLog()).contains("site/+/device/+/+"));
      return job.group(1);
    }
  }

  private List<String> truth(Path file) throws Exception {
    return Files.readAllLines(file).stream()
        .map(TRUTH::matcher)
        .filter(Matcher::matches)
        .flatMap(
            line ->
                List.of(
                    alarm(line.group(1), line.group(2), "RAISED", line.group(3), line.group(4)),
                    alarm(line.group(1), line.group(2), "CLEARED", line.group(3), line.group(5)))
                    .stream())
        .sorted()
        .toList();
  }

  private static String alarm(Object... parts) {
    return List.of(parts).toString();
  }

  /** Those the truth is about: of the others it does not know when they are due. */
  private static List<String> alarms(ReadBack held) {
    return held.alarms().stream()
        .filter(alarm -> IN_TRUTH.contains(alarm.pattern()))
        .filter(alarm -> !alarm.state().equals("ESCALATED"))
        .map(ClusterPackagedIT::line)
        .sorted()
        .toList();
  }

  private static String line(AlarmPoint alarm) {
    return alarm(alarm.device(), alarm.pattern(), alarm.state(), alarm.onsetAt(), alarm.at());
  }

  /** How many readings the fleet says it has published, once it has ended. */
  private static long published(JavaProcess fleet) throws Exception {
    Matcher published = Pattern.compile("published (\\d+) readings").matcher(fleet.output());
    assertThat(published.find()).as(fleet.output()).isTrue();
    return Long.parseLong(published.group(1));
  }

  @Test
  void losesAndDoublesNothingWhileTaskManagersAreKilled() throws Exception {
    Path flink = Files.createDirectory(folder.resolve("flink"));
    Path truth = folder.resolve("truth.jsonl");
    try (FlinkCluster cluster = FlinkCluster.start(flink, 2);
        ReadBack held = new ReadBack(database.url(), SITE)) {
      String job = submit(cluster, 2);
      try (JavaProcess fleet =
          JavaProcess.motorwatch(
              folder.resolve("simulate.log"),
              "simulate",
              "--broker",
              broker.uri(),
              "--site",
              SITE,
              "--devices",
              "60",
              "--seconds",
              "40",
              "--speedup",
              "60",
              "--seed",
              "11",
              "--truth",
              truth.toString())) {
        for (int kill = 1; kill <= 3; kill++) {
          long before = held.readings();
          // Each time once it works again, and in the midst of the stream.
          await().atMost(PATIENCE).until(() -> held.readings() > before + 10_000);
          assertThat(fleet.alive() || held.readings() < published(fleet))
              .as("readings still come to the database")
              .isTrue();
          cluster.killTaskManager();
        }
        assertThat(fleet.exitStatus(120)).as(fleet.output()).isZero();
        long readings = published(fleet);
        await()
            .atMost(PATIENCE)
            .untilAsserted(
                () -> {
                  assertThat(held.readings()).isEqualTo(readings);
                  for (String tier : List.of("warm", "cold", "archive")) {
                    assertThat(held.readingsIn(tier)).as(tier).isEqualTo(readings);
                  }
                });
      }
      List<String> expected = truth(truth);
      assertThat(expected).hasSizeGreaterThan(20);
      assertThat(alarms(held)).isEqualTo(expected);
      // The job manager begins to collect metrics when it is first asked for them.
      await()
          .atMost(PATIENCE)
          .ignoreExceptions()
          .untilAsserted(() -> assertThat(cluster.restarts(job)).isGreaterThanOrEqualTo(3));
    }
  }
}
