package io.motorwatch.jobs.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The folder {@code checkpoint.dir}: finds what to go on from. */
public final class CheckpointFolder {

  /** Flink writes it last: a checkpoint or savepoint that has one is complete. */
  private static final String METADATA = "_metadata";

  private static final int DEPTH = 4;

  private CheckpointFolder() {}

  /**
   * The newest complete checkpoint or savepoint below a folder.
   *
   * @return empty if there is none, or no such folder
   */
  public static Optional<Path> newest(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    List<Path> complete = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder, DEPTH)) {
      files.filter(file -> file.getFileName().toString().equals(METADATA)).forEach(complete::add);
    }
    return complete.stream()
        .max(Comparator.comparing(CheckpointFolder::writtenAt))
        .map(Path::getParent);
  }

  /** A checkpoint may be deleted while we look: such a one is the oldest. */
  private static FileTime writtenAt(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      return FileTime.fromMillis(0);
    }
  }
}
