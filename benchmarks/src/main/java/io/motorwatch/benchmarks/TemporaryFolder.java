package io.motorwatch.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * A folder that goes, with all that is in it, when closed.
 *
 * @param path where it is
 */
public record TemporaryFolder(Path path) implements AutoCloseable {

  private static final int MOST_TIMES = 10;

  /** Makes one. */
  public static TemporaryFolder create() throws IOException {
    return new TemporaryFolder(Files.createTempDirectory("motorwatch-bench-"));
  }

  /** Several times: of what ends in the background some may still write, or delete, there. */
  @Override
  public void close() throws IOException {
    for (int times = 1; Files.exists(path); times++) {
      try {
        deleteOnce();
      } catch (DirectoryNotEmptyException | NoSuchFileException e) {
        if (times == MOST_TIMES) {
          throw e;
        }
      }
    }
  }

  private void deleteOnce() throws IOException {
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
