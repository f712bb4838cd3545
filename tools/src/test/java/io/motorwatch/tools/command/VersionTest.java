package io.motorwatch.tools.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The version is written in the POM; whoever else names it names the same. */
class VersionTest {

  private static final Path ROOT = Path.of("..");
  private static final Pattern COORDINATES =
      Pattern.compile(
          "<groupId>io\\.motorwatch</groupId>\\s*<artifactId>([\\w-]+)</artifactId>\\s*"
              + "<version>([^<]+)</version>");

  @Test
  void theCommandPrintsTheVersionOfThePom() throws Exception {
    assertThat(new Version().getVersion()).containsExactly("motorwatch " + version());
  }

  @Test
  void theDocumentedCoordinatesAreThoseOfModulesOfThisVersion() throws Exception {
    for (String page : List.of("mqtt-source.md", "influx-sink.md")) {
      Matcher coordinates =
          COORDINATES.matcher(Files.readString(ROOT.resolve("docs").resolve(page)));
      assertThat(coordinates.find()).as(page).isTrue();
      assertThat(coordinates.group(2)).as(page).isEqualTo(version());
      assertThat(artifacts()).as(page).contains(coordinates.group(1));
    }
  }

  @Test
  void theChangeLogBeginsWithTheVersionOfThePom() throws Exception {
    Matcher section =
        Pattern.compile("(?m)^## (\\[Unreleased] )?(\\S+)")
            .matcher(Files.readString(ROOT.resolve("CHANGELOG.md")));
    assertThat(section.find()).isTrue();
    assertThat(section.group(2)).isEqualTo(version().replace("-SNAPSHOT", ""));
    assertThat(section.group(1) != null)
        .as("unreleased as long as the POM has a snapshot")
        .isEqualTo(version().endsWith("-SNAPSHOT"));
  }

  private static String version() throws IOException {
    Matcher own = COORDINATES.matcher(Files.readString(ROOT.resolve("pom.xml")));
    assertThat(own.find()).isTrue();
    return own.group(2);
  }

  private static List<String> artifacts() throws IOException {
    try (Stream<Path> folders = Files.list(ROOT)) {
      return folders
          .map(folder -> folder.resolve("pom.xml"))
          .filter(Files::exists)
          .map(VersionTest::artifact)
          .toList();
    }
  }

  private static String artifact(Path pom) {
    try {
      Matcher name =
          Pattern.compile("</parent>\\s*<artifactId>([\\w-]+)</artifactId>")
              .matcher(Files.readString(pom));
      assertThat(name.find()).as(pom.toString()).isTrue();
      return name.group(1);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
