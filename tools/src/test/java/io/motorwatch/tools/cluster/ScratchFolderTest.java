package io.motorwatch.tools.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ScratchFolderTest {

  /** The highest process id of Linux, and what is above has no process. */
  private static final long NOBODY = 1L << 40;

  @Test
  void deletesItselfAndWhatProcessesThatAreGoneHaveLeft() throws Exception {
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    Path abandoned = Files.createTempDirectory(temporary, "motorwatch-flink-" + NOBODY + "-1-");
    long own = ProcessHandle.current().pid();
    Path formerOfThisId = Files.createTempDirectory(temporary, "motorwatch-flink-" + own + "-1-");
    Files.writeString(Files.createDirectory(abandoned.resolve("minicluster")).resolve("x"), "x");
    ScratchFolder mine = ScratchFolder.create();
    ScratchFolder other = ScratchFolder.create();
    assertThat(abandoned).doesNotExist();
    assertThat(formerOfThisId).as("of another process that had our id").doesNotExist();
    assertThat(mine.path()).exists();
    Files.writeString(mine.path().resolve("flink-rpc.jar"), "x");
    mine.delete();
    assertThat(mine.path()).doesNotExist();
    assertThat(other.path()).as("of a process that lives").exists();
    other.delete();
  }
}
