package io.motorwatch.source.mqtt.journal;

import static io.motorwatch.source.mqtt.journal.Attempt.positions;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What counts as durable is there after the power failed. */
class PowerFailureTest {

  private static final long NONE = JournalRecord.NONE;

  @TempDir Path folder;

  private final CrashingFileSystem files = new CrashingFileSystem();

  @Test
  void whatWasReportedAsSafeIsThere() throws Exception {
    Attempt attempt = Attempt.start(folder, 8L << 20, files);
    for (int times = 0; times < 8; times++) {
      attempt.append(600, 1000);
      assertThat(attempt.flush()).isTrue();
    }
    long safe = attempt.journal.safe();
    assertThat(Attempt.segments(folder).size()).isGreaterThan(3);
    files.crash();
    Attempt again = Attempt.start(folder, 5);
    assertThat(again.replayed).isEqualTo(positions(6, safe + 1));
    assertThat(again.result.lost()).isZero();
  }

  @Test
  void whatWasNotWrittenByThenIsNot() throws Exception {
    Attempt attempt = Attempt.start(folder, 1L << 20, files);
    attempt.append(10);
    attempt.flush();
    attempt.append(10);
    files.crash();
    assertThat(attempt.flush()).isFalse();
    assertThat(attempt.journal.safe()).isEqualTo(9);
    assertThat(Attempt.start(folder, NONE).replayed).isEqualTo(positions(0, 10));
  }

  @Test
  void whereALaterAttemptBeganIsThereThoughItWroteNothing() throws Exception {
    Attempt first = Attempt.start(folder, 1L << 20, files);
    first.append(10);
    first.flush();
    Attempt.start(folder, 1L << 20, files);
    // It does not know of the later one yet; nothing of this is acknowledged.
    first.append(10);
    first.flush();
    files.crash();
    assertThat(Attempt.start(folder, NONE).replayed).isEqualTo(positions(0, 10));
  }

  @Test
  void aClaimIsThere() throws Exception {
    JournalStore store = JournalStore.of(files, Attempt.options(folder, 1L << 20), Attempt.SESSION);
    store.claim();
    files.crash();
    store.check();
  }

  @Test
  void anOlderStateIsStillRefused() throws Exception {
    Attempt attempt = Attempt.start(folder, 8L << 20, files);
    for (int times = 0; times < 8; times++) {
      attempt.append(600, 1000);
      attempt.flush();
    }
    attempt.journal.cover(4799, true, 2600);
    attempt.journal.tidy();
    files.crash();
    assertThatThrownBy(() -> Attempt.start(folder, 5)).isInstanceOf(OlderStateException.class);
    assertThat(Attempt.start(folder, NONE).replayed).isEmpty();
  }
}
