package io.motorwatch.tools.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.motorwatch.local.LocalInfluxDb;
import io.motorwatch.tools.command.Motorwatch;
import io.motorwatch.tools.demo.ReadBack;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The compose files' job and simulator, by their own config and users, at their own broker. */
class ComposeJobITCase {

  private static final String CONFIG = "/etc/motorwatch";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;

  private Process start(String name, List<String> arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-opens",
                "java.base/java.util=ALL-UNNAMED",
                "-Dmotorwatch.home=..",
                "-cp",
                System.getProperty("java.class.path"),
                Motorwatch.class.getName()));
    command.addAll(arguments);
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve(name).toFile())
        .start();
  }

  private static String inPlaceOfContainers(String argument, Path etc, ComposeBroker broker) {
    return argument
        .replace(CONFIG, etc.toString())
        .replace("tcp://mosquitto:1883", "tcp://127.0.0.1:" + broker.port());
  }

  @Test
  void whatTheSimulatorPublishesIsInTheDatabase() throws Exception {
    Path etc = ComposeFile.MAIN.layOut("submit", CONFIG, folder.resolve("etc"));
    ComposeFile.MAIN.layOut("simulator", CONFIG, etc);
    try (ComposeBroker broker = ComposeBroker.start(folder, "plain", folder.resolve("none"));
        LocalInfluxDb database = LocalInfluxDb.start(folder.resolve("influx"))) {
      Process job =
          start(
              "job",
              List.of(
                  "run",
                  "--config=" + etc.resolve("motorwatch.yaml"),
                  "--set=mqtt.uri=tcp://127.0.0.1:" + broker.port(),
                  "--set=influx.url=" + database.url(),
                  "--set=checkpoint.dir=" + folder.resolve("checkpoints")));
      Process simulator = null;
      try {
        await()
            .atMost(PATIENCE)
            .failFast(() -> !job.isAlive())
            .until(() -> Files.readString(folder.resolve("job")).contains("READY"));
        List<String> arguments = new ArrayList<>();
        for (String argument : ComposeFile.MAIN.service("simulator").command()) {
          arguments.add(inPlaceOfContainers(argument, etc, broker));
        }
        arguments.add("--seconds=5");
        simulator = start("simulator", arguments);
        assertThat(simulator.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(simulator.exitValue())
            .as(Files.readString(folder.resolve("simulator")))
            .isZero();
        try (ReadBack held = new ReadBack(database.url(), "demo")) {
          await().atMost(PATIENCE).until(() -> held.readings() >= 80);
        }
      } finally {
        if (simulator != null) {
          simulator.destroyForcibly();
        }
        job.destroyForcibly().waitFor();
      }
    }
  }
}
