package io.motorwatch.tools.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.motorwatch.tools.command.Motorwatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command a newcomer types first. */
class DemoITCase {

  @BeforeEach
  void tellWhereTheProjectIs() {
    System.setProperty("motorwatch.home", "..");
  }

  @AfterEach
  void forgetIt() {
    System.clearProperty("motorwatch.home");
  }

  @Test
  void aShortDemoFindsEveryAlarmOfTheGroundTruthAndInventsNone() {
    assertThat(Motorwatch.execute("demo", "--devices", "30", "--seconds", "15")).isZero();
  }

  @Test
  @Timeout(180)
  void aSignalLeavesNothingOfItBehind(@TempDir Path folder) throws Exception {
    RunProcess demo =
        RunProcess.start(
            folder,
            Motorwatch.class,
            List.of("demo", "--keep", "--devices", "2", "--seconds", "600", "--speedup", "1"));
    // Its servers run, and the job writes checkpoints beside their data.
    await().atMost(Duration.ofMinutes(1)).until(() -> demo.out().contains("device time runs"));
    assertThat(foldersOfDemos(folder)).hasSize(1);
    demo.terminate();
    assertThat(demo.out()).endsWith("Stopped. Broker, InfluxDB and their data are gone.\n");
    assertThat(left(folder)).isEmpty();
  }

  private static List<Path> foldersOfDemos(Path folder) throws IOException {
    return left(folder).stream()
        .filter(file -> file.getFileName().toString().contains("-demo-"))
        .toList();
  }

  /** All in the folder for temporary files but what holds the output. */
  private static List<Path> left(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> !file.getFileName().toString().matches("(out|err)\\d+")).toList();
    }
  }
}
