package io.motorwatch.jobs.packaged;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.motorwatch.jobs.packaged.BundledLibraries.Library;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** NOTICE, licences, version and bill of materials of motorwatch.jar, held to what is in it. */
class NoticePackagedIT {

  private static final Path JAR = Path.of("target/motorwatch.jar");
  private static final String LICENSES = "META-INF/licenses/";

  /** Files of a library that whoever passes it on has to keep. */
  private static final Pattern TO_KEEP =
      Pattern.compile("(?i)(META-INF/)?([^/]*(LICENSE|NOTICE|COPYRIGHT)[^/]*)");

  @Test
  void namesEachLibraryThatAClassOfTheJarIsFrom() throws Exception {
    List<Library> named = BundledLibraries.of(notice());
    Set<Path> allowed = new HashSet<>();
    named.forEach(library -> allowed.addAll(BundledLibraries.jarsOf(library)));
    Map<String, List<Path>> origins = BundledLibraries.origins();
    Set<String> unnamed = new TreeSet<>();
    for (String name : BundledLibraries.classes(JAR)) {
      if (name.startsWith("io/motorwatch/") && !name.startsWith("io/motorwatch/shaded/")) {
        continue;
      }
      String original = BundledLibraries.beforeRelocation(name);
      List<Path> from = origins.getOrDefault(original, List.of());
      if (from.stream().noneMatch(allowed::contains)) {
        unnamed.add(from.isEmpty() ? original : from.toString());
      }
    }
    assertThat(unnamed).as("in motorwatch.jar, and in no library that NOTICE names").isEmpty();
  }

  @Test
  void namesNoLibraryThatTheJarDoesNotHold() throws Exception {
    Set<String> held = new HashSet<>();
    for (String name : BundledLibraries.classes(JAR)) {
      held.add(BundledLibraries.beforeRelocation(name));
    }
    List<String> absent = new ArrayList<>();
    for (Library library : BundledLibraries.of(notice())) {
      assertThat(BundledLibraries.jarsOf(library)).as(library.name()).hasSize(1);
      for (Path jar : BundledLibraries.jarsOf(library)) {
        if (!held.containsAll(BundledLibraries.classes(jar))) {
          absent.add(library.name());
        }
      }
    }
    assertThat(absent).as("named in NOTICE, with classes that are not in the jar").isEmpty();
  }

  @Test
  void holdsNothingThatOnlyTheToolsNeed() throws Exception {
    assertThat(BundledLibraries.classes(JAR))
        .noneMatch(name -> name.startsWith("io/motorwatch/tools/"))
        .noneMatch(name -> name.startsWith("io/motorwatch/local/"))
        .noneMatch(name -> name.startsWith("picocli/"))
        .anyMatch(name -> name.equals("io/motorwatch/jobs/MotorwatchJob.class"));
  }

  @Test
  void keepsWhatTheLibrariesSayOfTheirLicences() throws Exception {
    try (JarFile ours = new JarFile(JAR.toFile())) {
      for (Library library : BundledLibraries.of(notice())) {
        if (!library.license().equals("Apache-2.0")) {
          assertThat(ours.stream().map(JarEntry::getName))
              .as("text of the licence of " + library.name())
              .anyMatch(name -> name.matches(LICENSES + library.artifact() + "/LICENSE(\\.txt)?"));
        }
        for (Path jar : BundledLibraries.jarsOf(library)) {
          holdsWhatIsToBeKept(ours, library, jar);
        }
      }
    }
  }

  private static void holdsWhatIsToBeKept(JarFile ours, Library library, Path jar)
      throws IOException {
    try (JarFile theirs = new JarFile(jar.toFile())) {
      for (JarEntry entry : theirs.stream().toList()) {
        var match = TO_KEEP.matcher(entry.getName());
        if (match.matches() && !entry.isDirectory()) {
          JarEntry kept = ours.getJarEntry(LICENSES + library.artifact() + "/" + match.group(2));
          assertThat(kept).as(entry.getName() + " of " + library.name()).isNotNull();
          assertThat(text(ours, kept)).isEqualTo(text(theirs, entry));
        }
      }
    }
  }

  @Test
  void isTheNoticeOfTheRepository() throws Exception {
    assertThat(notice())
        .as("NOTICE is generated: after a change of libraries copy jobs/target/licensing/NOTICE")
        .isEqualTo(Files.readString(Path.of("../NOTICE")));
    try (JarFile jar = new JarFile(JAR.toFile())) {
      assertThat(text(jar, jar.getJarEntry("META-INF/LICENSE")))
          .isEqualTo(Files.readString(Path.of("../LICENSE")));
    }
  }

  @Test
  void billOfMaterialsListsTheSameLibraries() throws Exception {
    JsonNode bill = new ObjectMapper().readTree(Path.of("target/motorwatch.cdx.json").toFile());
    List<String> listed = new ArrayList<>();
    for (JsonNode component : bill.get("components")) {
      String group = component.get("group").asText();
      if (!group.equals("io.motorwatch")) {
        listed.add(
            group + ":" + component.get("name").asText() + ":" + component.get("version").asText());
      }
    }
    assertThat(listed)
        .containsExactlyInAnyOrderElementsOf(
            BundledLibraries.of(notice()).stream().map(Library::name).toList());
    try (JarFile jar = new JarFile(JAR.toFile())) {
      assertThat(bill.get("metadata").get("component").get("version").asText())
          .isEqualTo(jar.getManifest().getMainAttributes().getValue("Implementation-Version"));
    }
  }

  private static String notice() throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      return text(jar, jar.getJarEntry("META-INF/NOTICE"));
    }
  }

  private static String text(JarFile jar, JarEntry entry) throws IOException {
    return new String(jar.getInputStream(entry).readAllBytes(), UTF_8);
  }
}
