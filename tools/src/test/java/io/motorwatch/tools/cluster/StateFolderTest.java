package io.motorwatch.tools.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.motorwatch.jobs.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFolderTest {

  @TempDir Path parent;

  private Path folder() {
    return parent.resolve("a/state");
  }

  private Path complete(String name, long writtenAt) throws IOException {
    Path checkpoint = Files.createDirectories(folder().resolve(name));
    Path metadata = Files.writeString(checkpoint.resolve("_metadata"), "x");
    Files.setLastModifiedTime(metadata, FileTime.fromMillis(writtenAt));
    return checkpoint;
  }

  @Test
  void isMadeAndTakenAgainByTheSameDeployment() throws Exception {
    StateFolder.open(folder(), "plant").close();
    StateFolder.open(folder(), "plant").close();
    assertThat(folder()).isDirectory();
  }

  @Test
  void isForOneProcessAtATime() throws Exception {
    try (StateFolder first = StateFolder.open(folder(), "plant")) {
      assertThatThrownBy(() -> StateFolder.open(folder(), "plant"))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("is in use by another motorwatch");
      assertThatThrownBy(() -> StateFolder.check(folder(), "plant"))
          .hasMessageContaining("is in use by another motorwatch");
      first.prune();
    }
    StateFolder.check(folder(), "plant");
  }

  @Test
  void isNotSharedByTwoDeployments() throws Exception {
    StateFolder.open(folder(), "plant-1").close();
    for (int times = 0; times < 2; times++) {
      assertThatThrownBy(() -> StateFolder.open(folder(), "plant-2"))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("'plant-1'")
          .hasMessageContaining("'plant-2'");
    }
    StateFolder.open(folder(), "plant-1").close();
  }

  @Test
  void saysWhatToDoWhereItCannotBeMade() throws Exception {
    Path file = Files.writeString(parent.resolve("file"), "");
    assertThatThrownBy(() -> StateFolder.open(file.resolve("state"), "plant"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("checkpoint.dir: cannot write to " + file)
        .hasMessageContaining("--no-state");
  }

  @Test
  void keepsTheNewestThreeOfFormerRunsWithAllThatTheyShare() throws Exception {
    Path oldest = complete("checkpoints/job-1/chk-7", 1_000);
    Files.createDirectories(folder().resolve("checkpoints/job-1/shared"));
    Path oldSavepoint = complete("savepoints/savepoint-1", 2_000);
    Path third = complete("checkpoints/job-2/chk-3", 3_000);
    Path sameJob = complete("checkpoints/job-2/chk-2", 2_900);
    Path second = complete("savepoints/savepoint-2", 4_000);
    Path newest = complete("checkpoints/job-3/chk-1", 5_000);
    try (StateFolder state = StateFolder.open(folder(), "plant")) {
      state.prune();
    }
    assertThat(oldest.getParent()).doesNotExist();
    assertThat(oldSavepoint).doesNotExist();
    for (Path kept : new Path[] {third, sameJob, second, newest}) {
      assertThat(kept).exists();
    }
    assertThat(CheckpointFolder.newest(folder())).contains(newest.toRealPath());
  }

  @Test
  void neitherResumesFromNorRemovesWhatIsOfJobsWithANameOfTheirOwn() throws Exception {
    Path own = complete("savepoints/savepoint-own", 1_000);
    for (int plant = 0; plant < 5; plant++) {
      complete("jobs/plant-" + plant + "/savepoints/savepoint-x", 5_000);
      complete("jobs/plant-" + plant + "/checkpoints/job/chk-1", 6_000);
      complete("plant-" + plant + "/savepoints/savepoint-x", 7_000);
    }
    assertThat(CheckpointFolder.newest(folder())).contains(own.toRealPath());
    CheckpointFolder.prune(folder(), 1);
    for (int plant = 0; plant < 5; plant++) {
      assertThat(folder().resolve("jobs/plant-" + plant + "/savepoints/savepoint-x")).exists();
      assertThat(folder().resolve("plant-" + plant + "/savepoints/savepoint-x")).exists();
    }
  }

  @Test
  void leavesTheJournalsOfMqttSessionsAlone() throws Exception {
    Path segment = folder().resolve("journal/motorwatch-0/1.segment");
    Files.createDirectories(segment.getParent());
    Files.writeString(segment, "x");
    complete("checkpoints/job-1/chk-7", 1_000);
    CheckpointFolder.prune(folder(), 0);
    assertThat(segment).exists();
  }

  @Test
  void removesWhatEndedJobsLeftWithoutACompleteCheckpoint() throws Exception {
    Path ended = folder().resolve("checkpoints/" + "0a".repeat(16));
    Files.createDirectories(ended.resolve("shared"));
    Files.createDirectories(ended.resolve("chk-7"));
    Path other = Files.createDirectories(folder().resolve("checkpoints/something-else"));
    CheckpointFolder.prune(folder(), 3);
    assertThat(ended).doesNotExist();
    assertThat(other).exists();
  }
}
