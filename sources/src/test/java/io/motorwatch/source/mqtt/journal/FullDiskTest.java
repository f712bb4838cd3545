package io.motorwatch.source.mqtt.journal;

import static io.motorwatch.source.mqtt.journal.Attempt.positions;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FullDiskTest {

  @TempDir Path folder;

  private final FailingFileSystem files = new FailingFileSystem();

  @Test
  void keepsWhatCannotBeWrittenUntilItCan() throws Exception {
    Attempt attempt = Attempt.start(folder, 1L << 30, files);
    attempt.append(10);
    attempt.flush();
    files.room = 100;
    attempt.append(10);
    assertThat(attempt.flush()).isFalse();
    assertThat(attempt.journal.safe()).isEqualTo(9);
    assertThat(attempt.journal.retryAt()).isLessThan(Long.MAX_VALUE);
    attempt.append(10);
    assertThat(attempt.flush()).isFalse();
    files.room = Long.MAX_VALUE;
    assertThat(attempt.flush()).isTrue();
    assertThat(attempt.journal.safe()).isEqualTo(29);
    assertThat(attempt.journal.retryAt()).isEqualTo(Long.MAX_VALUE);
    Attempt again = Attempt.start(folder, 5);
    assertThat(again.replayed).isEqualTo(positions(6, 30));
    assertThat(again.result.lost()).isZero();
  }

  @Test
  void doesNotTryAgainAtOnce() throws Exception {
    Attempt attempt = Attempt.start(folder, 1L << 30, files);
    files.room = 0;
    attempt.append(1);
    attempt.journal.flush(1_000);
    files.room = Long.MAX_VALUE;
    assertThat(attempt.journal.flush(2_000)).isFalse();
    assertThat(attempt.journal.flush(attempt.journal.retryAt())).isTrue();
  }

  @Test
  void leavesNoFilesBehindHoweverOftenItTries() throws Exception {
    Attempt attempt = Attempt.start(folder, 1L << 30, files);
    attempt.append(10);
    attempt.flush();
    files.room = 0;
    attempt.append(10);
    assertThat(attempt.flush()).isFalse();
    int before = Attempt.segments(folder).size();
    for (int times = 0; times < 20; times++) {
      files.room = times;
      assertThat(attempt.flush()).isFalse();
    }
    assertThat(Attempt.segments(folder)).hasSize(before);
    files.room = Long.MAX_VALUE;
    assertThat(attempt.flush()).isTrue();
    assertThat(Attempt.start(folder, 5).replayed).isEqualTo(positions(6, 20));
  }

  @Test
  void dropsFromMemoryWhatACheckpointCovers() throws Exception {
    Attempt attempt = Attempt.start(folder, 1L << 30, files);
    attempt.append(10);
    attempt.flush();
    files.room = 0;
    attempt.append(70, 1 << 20);
    assertThat(attempt.flush()).isFalse();
    assertThat(attempt.journal.hasRoom()).isFalse();
    attempt.journal.cover(75, true, -1);
    attempt.append(10);
    attempt.flush();
    assertThat(attempt.journal.safe()).isEqualTo(75);
    attempt.journal.cover(79, true, -1);
    attempt.flush();
    assertThat(attempt.journal.hasRoom()).isTrue();
    files.room = Long.MAX_VALUE;
    attempt.flush();
    attempt.journal.tidy();
    assertThat(attempt.journal.safe()).isEqualTo(89);
    Attempt again = Attempt.start(folder, 79);
    assertThat(again.replayed).isEqualTo(positions(80, 90));
    assertThat(again.result.lost()).isZero();
  }

  /** Whatever was reported as safe is there, or covered. */
  @Test
  void losesNothingThatItReportedAsSafeHoweverTheDiskFails() throws Exception {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      Path own = folder.resolve("seed-" + seed);
      long covered = JournalRecord.START;
      long safe = JournalRecord.START;
      for (int start = 0; start < 4; start++) {
        files.room = Long.MAX_VALUE;
        JournalStore store =
            JournalStore.of(files, Attempt.options(own, 1L << 20), Attempt.SESSION);
        store.claim();
        Attempt attempt = Attempt.start(store, start == 0 ? JournalRecord.NONE : covered);
        long from = covered;
        long until = safe;
        assertThat(attempt.replayed)
            .as("seed %d", seed)
            .containsAll(positions(from + 1, until + 1));
        assertThat(attempt.replayed)
            .as("seed %d", seed)
            .isEqualTo(positions(from + 1, from + 1 + attempt.replayed.size()));
        assertThat(attempt.result.lost()).isZero();
        long last = attempt.result.last();
        for (int step = 0; step < 30; step++) {
          switch (random.nextInt(5)) {
            case 0, 1 -> last = attempt.append(1 + random.nextInt(20), random.nextInt(5000));
            case 2 -> attempt.flush();
            case 3 -> files.room = random.nextBoolean() ? Long.MAX_VALUE : random.nextInt(20_000);
            default -> {
              covered = Math.max(covered, last - random.nextInt(10));
              attempt.journal.cover(covered, true, covered);
              attempt.journal.tidy();
            }
          }
          safe = Math.max(safe, attempt.journal.safe());
        }
      }
    }
  }
}
