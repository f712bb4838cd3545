package io.motorwatch.source.mqtt.journal;

import static io.motorwatch.source.mqtt.journal.Attempt.positions;
import static io.motorwatch.source.mqtt.journal.JournalRecord.NONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.apache.flink.util.FileUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the journal of a session that has ended, or whose folder has. */
class EndedJournalTest {

  @TempDir Path folder;

  private Attempt ended() throws Exception {
    Attempt attempt = Attempt.start(folder, NONE);
    attempt.append(10);
    attempt.flush();
    attempt.store.cover(attempt.journal.last());
    return attempt;
  }

  @Test
  void aSessionOfItsNameReadsNothingOfIt() throws Exception {
    ended().journal.close();
    Attempt again = Attempt.start(folder, NONE);
    assertThat(again.replayed).isEmpty();
    assertThat(again.result.lost()).isZero();
    assertThat(again.append(1)).isEqualTo(10);
  }

  @Test
  void itsFolderGoesWithIt() throws Exception {
    Attempt attempt = ended();
    attempt.journal.close();
    attempt.store.delete();
    assertThat(folder.resolve(Attempt.SESSION)).doesNotExist();
  }

  @Test
  void whatALaterAttemptWritesStays() throws Exception {
    Attempt attempt = ended();
    attempt.journal.close();
    Attempt later = Attempt.start(folder, NONE);
    later.append(5);
    later.flush();
    assertThatThrownBy(attempt.store::delete).isInstanceOf(JournalTakenException.class);
    assertThat(Attempt.start(folder, 9).replayed).isEqualTo(positions(10, 15));
  }

  /** Until then it is written on, into a file that nobody can read. */
  @Test
  void oneThatIsRemovedWhileTheJobRunsIsMissedAtTheNextCheckpoint() throws Exception {
    Attempt attempt = Attempt.start(folder, NONE);
    attempt.append(1);
    attempt.flush();
    FileUtils.deleteDirectory(folder.resolve(Attempt.SESSION).toFile());
    attempt.append(1);
    assertThat(attempt.flush()).isTrue();
    attempt.journal.cover(0, true, NONE);
    assertThatThrownBy(attempt.journal::tidy)
        .isInstanceOf(JournalTakenException.class)
        .hasMessageContaining("was removed while the job runs");
  }
}
