package io.motorwatch.tools.cluster;

import io.motorwatch.jobs.config.CheckpointConfig;
import io.motorwatch.jobs.config.ConfigException;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder {@code checkpoint.dir}: finds what to resume from, and removes what nobody needs.
 * Looks only where a job of this folder writes, {@code checkpoints/JOB/chk-N} and {@code
 * savepoints/NAME}: beside these there may be other jobs' folders.
 */
public final class CheckpointFolder {

  /** Flink writes it last: a checkpoint or savepoint that has one is complete. */
  private static final String METADATA = "_metadata";

  private static final String CHECKPOINTS = "checkpoints";
  private static final String SAVEPOINTS = "savepoints";

  private static final Pattern JOB_ID = Pattern.compile("[0-9a-f]{32}");

  private CheckpointFolder() {}

  /**
   * What a job of this config is to go on from.
   *
   * @return empty if there is none yet, or no {@code checkpoint.dir}
   * @throws ConfigException if the folder cannot be read
   */
  public static Optional<Path> newest(CheckpointConfig config) throws ConfigException {
    Path dir = config.dir();
    if (dir == null) {
      return Optional.empty();
    }
    try {
      return newest(dir);
    } catch (IOException e) {
      throw new ConfigException("checkpoint.dir: cannot read " + dir + ": " + e.getMessage());
    }
  }

  /**
   * The newest complete checkpoint or savepoint below a folder.
   *
   * @return empty if there is none, or no such folder
   */
  public static Optional<Path> newest(Path folder) throws IOException {
    return newestOfJobs(folder).stream().findFirst().map(Found::checkpoint);
  }

  /** The newest of each job, and each savepoint, the newest of them first. */
  private static List<Found> newestOfJobs(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    Newest newest = new Newest();
    // The folder itself may be a link, to another disk for example.
    Path real = folder.toRealPath();
    newest.walk(real.resolve(CHECKPOINTS), 3);
    newest.walk(real.resolve(SAVEPOINTS), 2);
    return newest.byJob.values().stream()
        .sorted(Comparator.comparing(Found::writtenAt).reversed())
        .toList();
  }

  /**
   * Removes savepoints and the checkpoints of earlier jobs but the newest few. A job's checkpoints
   * share files, so they go together; none of another job's need them, as a job that goes on from a
   * checkpoint writes its own first one whole. Not while a job runs in the folder.
   */
  static void prune(Path folder, int kept) throws IOException {
    List<Found> all = newestOfJobs(folder);
    for (Found old : all.stream().skip(kept).toList()) {
      ScratchFolder.deleteTree(old.job());
    }
    for (Path job : jobs(folder)) {
      if (all.stream().noneMatch(found -> found.job().equals(job))) {
        // Nothing of it is complete: it ended before its first checkpoint, or with a savepoint.
        ScratchFolder.deleteTree(job);
      }
    }
  }

  private static List<Path> jobs(Path folder) throws IOException {
    Path checkpoints = folder.toRealPath().resolve(CHECKPOINTS);
    if (!Files.isDirectory(checkpoints)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(checkpoints)) {
      return all.filter(job -> JOB_ID.matcher(job.getFileName().toString()).matches()).toList();
    }
  }

  /**
   * A complete checkpoint or savepoint.
   *
   * @param number that of a checkpoint, which grows within its job; of a savepoint 0
   */
  private record Found(Path checkpoint, long number, FileTime writtenAt) {

    private static final Pattern CHECKPOINT = Pattern.compile("chk-(\\d{1,18})");

    static Found of(Path checkpoint, FileTime writtenAt) {
      Matcher name = CHECKPOINT.matcher(checkpoint.getFileName().toString());
      return new Found(checkpoint, name.matches() ? Long.parseLong(name.group(1)) : 0, writtenAt);
    }

    /** The folder that a job's checkpoints have to themselves; a savepoint stands for itself. */
    Path job() {
      return number > 0 ? checkpoint.getParent() : checkpoint;
    }
  }

  /**
   * The newest of each job by its number, since a copied folder has copied times; there is nothing
   * but time to compare jobs by. Checkpoints come and go while we look: what has gone is passed
   * over.
   */
  private static final class Newest extends SimpleFileVisitor<Path> {

    private final Map<Path, Found> byJob = new HashMap<>();

    void walk(Path folder, int depth) throws IOException {
      if (Files.isDirectory(folder)) {
        Files.walkFileTree(folder, Set.of(), depth, this);
      }
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (file.getFileName().toString().equals(METADATA)) {
        Found found = Found.of(file.getParent(), attributes.lastModifiedTime());
        byJob.merge(found.job(), found, BinaryOperator.maxBy(Comparator.comparing(Found::number)));
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException problem) throws IOException {
      return passOver(problem);
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException problem)
        throws IOException {
      return problem == null ? FileVisitResult.CONTINUE : passOver(problem);
    }

    private static FileVisitResult passOver(IOException problem) throws IOException {
      if (problem instanceof NoSuchFileException) {
        return FileVisitResult.CONTINUE;
      }
      throw problem;
    }
  }
}
