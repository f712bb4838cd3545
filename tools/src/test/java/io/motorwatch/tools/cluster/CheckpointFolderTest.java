package io.motorwatch.tools.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointFolderTest {

  @TempDir Path folder;

  private Path complete(String name, long writtenAt) throws IOException {
    Path checkpoint = Files.createDirectories(folder.resolve(name));
    Path metadata = Files.writeString(checkpoint.resolve("_metadata"), "x");
    Files.setLastModifiedTime(metadata, FileTime.fromMillis(writtenAt));
    return checkpoint;
  }

  @Test
  void findsTheNewestThatIsComplete() throws IOException {
    complete("checkpoints/job-1/chk-7", 1_000);
    Path newest = complete("savepoints/savepoint-x", 3_000);
    complete("checkpoints/job-2/chk-1", 2_000);
    Files.createDirectories(folder.resolve("checkpoints/job-2/chk-2"));
    assertThat(CheckpointFolder.newest(folder)).contains(newest);
  }

  @Test
  void withinAJobTheNumberTellsWhateverTheFileTimes() throws IOException {
    complete("checkpoints/job-1/chk-9", 5_000);
    complete("checkpoints/job-1/chk-10", 5_000);
    Path newest = complete("checkpoints/job-1/chk-11", 4_000);
    complete("checkpoints/job-1/chk-8", 6_000);
    assertThat(CheckpointFolder.newest(folder)).contains(newest);
  }

  @Test
  void betweenJobsTheTimeTells() throws IOException {
    complete("checkpoints/job-1/chk-100", 2_000);
    complete("checkpoints/job-2/chk-5", 2_500);
    Path newest = complete("checkpoints/job-2/chk-6", 2_400);
    complete("savepoints/savepoint-x", 2_300);
    assertThat(CheckpointFolder.newest(folder)).contains(newest);
    Path savepoint = complete("savepoints/savepoint-y", 2_450);
    assertThat(CheckpointFolder.newest(folder)).contains(savepoint);
  }

  @Test
  void findsItAlsoBehindALink() throws IOException {
    Path newest = complete("real/checkpoints/job-1/chk-7", 1_000);
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("real"));
    assertThat(CheckpointFolder.newest(link)).contains(newest.toRealPath());
  }

  @Test
  void findsNoneWhereThereIsNoneOrNoFolder() throws IOException {
    Files.createDirectories(folder.resolve("checkpoints/job-1/chk-1"));
    assertThat(CheckpointFolder.newest(folder)).isEmpty();
    assertThat(CheckpointFolder.newest(folder.resolve("absent"))).isEmpty();
  }

  /** An ending job deletes its checkpoints while the next one looks for the newest. */
  @Test
  void passesOverWhatVanishesWhileItLooks() throws IOException {
    Path stays = complete("savepoints/savepoint-x", System.currentTimeMillis() + 3_600_000);
    AtomicBoolean enough = new AtomicBoolean();
    CompletableFuture<Void> others =
        CompletableFuture.runAsync(
            () -> {
              for (int i = 0; !enough.get(); i++) {
                comeAndGo("checkpoints/job-1/chk-" + i);
              }
            });
    for (int i = 0; i < 3_000; i++) {
      assertThat(CheckpointFolder.newest(folder)).contains(stays);
    }
    enough.set(true);
    others.join();
  }

  private void comeAndGo(String name) {
    try {
      Path checkpoint = complete(name, 1);
      Files.delete(checkpoint.resolve("_metadata"));
      Files.delete(checkpoint);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
