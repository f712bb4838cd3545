package io.motorwatch.tools.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the documentation names is there: pages, sections, classes. */
class PagesTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern LINK = Pattern.compile("]\\(([^)#\\s]*)(?:#([^)\\s]+))?\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} (.*)$");

  /** Two humps at least: one could be any word. */
  private static final Pattern CLASS =
      Pattern.compile("`([A-Z][a-z0-9]+[A-Z][A-Za-z0-9]*)(?:\\.[A-Za-z(][\\w.()]*)?`");

  /** Of Flink, not of ours. */
  private static final Set<String> OTHERS = Set.of("AsyncSinkBase", "SimpleVersionedSerializer");

  static List<Path> pages() throws IOException {
    try (Stream<Path> root = Files.list(ROOT);
        Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
      return Stream.concat(root, docs).filter(page -> page.toString().endsWith(".md")).toList();
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void linksLeadToFilesAndSectionsThatAreThere(Path page) throws IOException {
    for (MatchResult link : LINK.matcher(Files.readString(page)).results().toList()) {
      if (link.group(1).contains("://")) {
        continue;
      }
      Path target = link.group(1).isEmpty() ? page : page.resolveSibling(link.group(1));
      assertThat(target.normalize()).exists();
      if (link.group(2) != null) {
        assertThat(anchors(target)).as(link.group()).contains(link.group(2));
      }
    }
  }

  /** As the usual hosts make them of headings. */
  private static Set<String> anchors(Path page) throws IOException {
    return HEADING
        .matcher(Files.readString(page))
        .results()
        .map(heading -> heading.group(1).strip().toLowerCase(Locale.ROOT))
        .map(heading -> heading.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
        .collect(Collectors.toSet());
  }

  @Test
  void theIndexListsEachPageOfTheFolder() throws IOException {
    Path index = ROOT.resolve("docs/README.md");
    String text = Files.readString(index);
    for (Path page : pages()) {
      if (page.startsWith(ROOT.resolve("docs")) && !page.equals(index)) {
        assertThat(text).contains("](" + page.getFileName());
      }
    }
  }

  @Test
  void classesNamedForDevelopersAreThere() throws IOException {
    Set<String> missing = new TreeSet<>();
    Set<String> classes = classes();
    for (String page : List.of("CONTRIBUTING.md", "docs/architecture.md", "docs/state.md")) {
      CLASS
          .matcher(Files.readString(ROOT.resolve(page)))
          .results()
          .map(name -> name.group(1))
          .filter(name -> !classes.contains(name) && !OTHERS.contains(name))
          .forEach(name -> missing.add(page + " names " + name));
    }
    assertThat(missing).isEmpty();
  }

  private static Set<String> classes() throws IOException {
    Set<String> names = new TreeSet<>();
    try (Stream<Path> modules = Files.list(ROOT)) {
      for (Path module : modules.filter(each -> Files.exists(each.resolve("pom.xml"))).toList()) {
        try (Stream<Path> files = Files.walk(module.resolve("src"))) {
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(".java"))
              .forEach(name -> names.add(name.replace(".java", "")));
        }
      }
    }
    return names;
  }
}
