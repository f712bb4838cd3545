package io.motorwatch.source.mqtt.journal;

import static io.motorwatch.source.mqtt.journal.Attempt.positions;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class UnreadableFolderTest {

  private static final long NONE = JournalRecord.NONE;

  @TempDir Path folder;

  private final UnreadableFileSystem files = new UnreadableFileSystem();

  private JournalStore store() {
    return JournalStore.of(files, Attempt.options(folder, 1L << 30), Attempt.SESSION);
  }

  @Test
  void aFolderThatCannotBeListedIsNoEmptyOne() throws Exception {
    Attempt.start(folder, NONE);
    // It has removed the claim of the first: a listing of nothing would let that be taken.
    Attempt second = Attempt.start(folder, NONE);
    second.append(10);
    second.flush();
    files.lists = false;
    JournalStore third = store();
    assertThatThrownBy(third::claim)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot list the journal folder")
        .hasMessageContaining("ulimit -n");
    assertThatThrownBy(third::exists).hasMessageContaining("cannot list");
    files.lists = true;
    third.claim();
    assertThat(Attempt.start(third, 3).replayed).isEqualTo(positions(4, 10));
  }

  @Test
  void aFolderThatIsNotThereHoldsNothing() throws Exception {
    assertThat(store().exists()).isFalse();
  }

  @Test
  void claimsInVainWhereTheListingDoesNotShowTheClaims() throws Exception {
    store().claim();
    files.showsClaims = false;
    assertThatThrownBy(() -> store().claim())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot claim the journal of session it-0");
  }

  @Test
  void aClaimThatCannotBeReadIsNotAnotherJobs() throws Exception {
    JournalStore store = store();
    store.claim();
    files.opens = false;
    assertThatThrownBy(store::check)
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(JournalTakenException.class)
        .hasMessageContaining("cannot read the claim");
    files.opens = true;
    store.check();
    try (var all = Files.list(folder.resolve(Attempt.SESSION))) {
      assertThat(all).hasSize(1);
    }
  }
}
