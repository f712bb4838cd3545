package io.motorwatch.tools.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an embedded cluster needs of the disk only while it runs (Flink's own jars, working folders,
 * shipped files, local state), in one temporary folder that is deleted with it. What a killed
 * process left is deleted by the next one.
 */
final class ScratchFolder {

  private static final Logger LOG = LoggerFactory.getLogger(ScratchFolder.class);
  private static final String PREFIX = "motorwatch-flink-";

  /** Process id and start: in a container a new process often has the id of the one before. */
  private static final Pattern NAME = Pattern.compile(PREFIX + "(\\d{1,18})-(\\d{1,18})-.*");

  /** Several times: Flink's threads still write and delete there while it ends. */
  private static final int TIMES = 5;

  private final Path folder;

  private ScratchFolder(Path folder) {
    this.folder = folder;
  }

  /** A new one below the folder for temporary files; deletes those of processes that are gone. */
  static ScratchFolder create() throws IOException {
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    for (Path abandoned : abandoned(temporary)) {
      delete(abandoned);
    }
    ProcessHandle process = ProcessHandle.current();
    String own = PREFIX + process.pid() + "-" + startedAt(process) + "-";
    return new ScratchFolder(Files.createTempDirectory(temporary, own));
  }

  private static List<Path> abandoned(Path temporary) throws IOException {
    try (Stream<Path> all = Files.list(temporary)) {
      return all.filter(ScratchFolder::isAbandoned).toList();
    } catch (UncheckedIOException e) {
      // It changes while we look; another start deletes them.
      return List.of();
    }
  }

  private static boolean isAbandoned(Path folder) {
    Matcher name = NAME.matcher(folder.getFileName().toString());
    if (!name.matches() || !Files.isWritable(folder)) {
      return false;
    }
    long started = Long.parseLong(name.group(2));
    return ProcessHandle.of(Long.parseLong(name.group(1)))
        .map(process -> startedAt(process) != started)
        .orElse(true);
  }

  /** Epoch milliseconds; 0 where the system does not say. */
  private static long startedAt(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }

  Path path() {
    return folder;
  }

  void delete() {
    delete(folder);
  }

  private static void delete(Path folder) {
    int left = TIMES;
    while (left > 0 && Files.exists(folder)) {
      left--;
      try {
        deleteTree(folder);
      } catch (IOException | UncheckedIOException e) {
        LOG.debug("Something came or went there meanwhile; the next process tries again", e);
      }
    }
  }

  /** Deletes a folder with all that is in it. */
  static void deleteTree(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
