package io.motorwatch.jobs.packaged;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What motorwatch.jar says it bundles, and the jars of the class path that its classes are from.
 */
final class BundledLibraries {

  /** A line of NOTICE. */
  record Library(String group, String artifact, String version, String license) {

    String name() {
      return group + ":" + artifact + ":" + version;
    }

    /** How the path of its jar in a local repository ends. */
    private String path() {
      return "/%s/%s/%s/%s-%s.jar"
          .formatted(group.replace('.', '/'), artifact, version, artifact, version);
    }
  }

  private static final Pattern LINE = Pattern.compile("(?m)^([\\w.-]+):([\\w.-]+):(\\S+) {2}(.*)$");
  private static final Pattern RELOCATION =
      Pattern.compile("<relocation><pattern>(.*?)</pattern><shadedPattern>(.*?)</shadedPattern>");

  private BundledLibraries() {}

  static List<Library> of(String notice) {
    return LINE.matcher(notice)
        .results()
        .map(line -> new Library(line.group(1), line.group(2), line.group(3), line.group(4)))
        .toList();
  }

  /** The jars and folders of the class path: all dependencies, provided and of tests too. */
  static List<Path> classPath() {
    return Stream.of(System.getProperty("java.class.path").split(java.io.File.pathSeparator))
        .map(Path::of)
        .filter(Files::exists)
        .toList();
  }

  /** The class path's jar of a library, if it has one there. */
  static List<Path> jarsOf(Library library) {
    return classPath().stream().filter(jar -> jar.toString().endsWith(library.path())).toList();
  }

  /** Per class, by its name before the jar's relocations, where on the class path it is found. */
  static Map<String, List<Path>> origins() throws IOException {
    Map<String, List<Path>> origins = new LinkedHashMap<>();
    for (Path entry : classPath()) {
      for (String name : classes(entry)) {
        origins.computeIfAbsent(name, any -> new ArrayList<>()).add(entry);
      }
    }
    return origins;
  }

  /** The classes of a jar or a folder, but for those of single Java versions. */
  static List<String> classes(Path entry) throws IOException {
    if (Files.isDirectory(entry)) {
      try (Stream<Path> files = Files.walk(entry)) {
        return files
            .map(file -> entry.relativize(file).toString())
            .filter(BundledLibraries::isClass)
            .toList();
      }
    }
    try (JarFile jar = new JarFile(entry.toFile())) {
      return jar.stream().map(each -> each.getName()).filter(BundledLibraries::isClass).toList();
    }
  }

  private static boolean isClass(String name) {
    return name.endsWith(".class")
        && !name.startsWith("META-INF/")
        && !name.endsWith("module-info.class");
  }

  /** Undoes the relocations that the POM lists. */
  static String beforeRelocation(String name) throws IOException {
    Matcher relocation = RELOCATION.matcher(Files.readString(Path.of("../pom.xml")));
    while (relocation.find()) {
      String shaded = relocation.group(2).replace('.', '/') + "/";
      if (name.startsWith(shaded)) {
        return relocation.group(1).replace('.', '/') + "/" + name.substring(shaded.length());
      }
    }
    return name;
  }
}
