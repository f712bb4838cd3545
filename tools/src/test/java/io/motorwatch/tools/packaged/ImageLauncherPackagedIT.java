package io.motorwatch.tools.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The image's start script on what the image has in it. */
class ImageLauncherPackagedIT {

  @TempDir Path folder;

  @Test
  void startsACommandFromTheJarsAndTheLibrariesBesideIt() throws Exception {
    Path target = Path.of("target").toAbsolutePath();
    Files.createSymbolicLink(
        folder.resolve("motorwatch.jar"),
        Path.of("../jobs/target/motorwatch.jar").toAbsolutePath());
    for (String name : List.of("motorwatch-tools.jar", "lib", "flink")) {
      Files.createSymbolicLink(folder.resolve(name), target.resolve(name));
    }
    Files.copy(
        Path.of("../flink-conf/log4j2-launcher.properties"),
        folder.resolve("log4j2-launcher.properties"));
    ProcessBuilder builder =
        new ProcessBuilder("sh", "../docker/motorwatch", "submit", "--help")
            .redirectErrorStream(true);
    builder.environment().put("MOTORWATCH_HOME", folder.toString());
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said).startsWith("Usage: motorwatch submit").contains("--jobmanager");
  }
}
