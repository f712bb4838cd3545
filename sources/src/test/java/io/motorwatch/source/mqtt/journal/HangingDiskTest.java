package io.motorwatch.source.mqtt.journal;

import static io.motorwatch.source.mqtt.journal.Attempt.positions;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class HangingDiskTest {

  private static final Duration LIMIT = Duration.ofSeconds(5);

  /** When the write begins that does not return. */
  private static final long BEGUN = Duration.ofHours(1).toNanos();

  private static final long LATER = BEGUN + LIMIT.toNanos();

  @TempDir Path folder;

  private final HangingFileSystem files = new HangingFileSystem();

  @AfterEach
  void answer() {
    files.answer();
  }

  /** Ten messages are written, and ten more on their way. */
  private Attempt start() throws Exception {
    Attempt attempt = Attempt.start(folder, 1L << 30, files);
    attempt.append(10);
    attempt.flush();
    attempt.append(10);
    return attempt;
  }

  private CompletableFuture<Boolean> flushThatHangs(Attempt attempt) throws Exception {
    files.hang();
    CompletableFuture<Boolean> flush =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return attempt.journal.flush(BEGUN);
              } catch (JournalTakenException e) {
                throw new AssertionError(e);
              }
            });
    files.awaitWriter();
    return flush;
  }

  @Test
  void completedCheckpointsTakeThePlaceOfAWriteThatDoesNotReturn() throws Exception {
    Attempt attempt = start();
    CompletableFuture<Boolean> flush = flushThatHangs(attempt);
    attempt.append(10);
    attempt.journal.cover(14, true, -1);
    assertThat(attempt.journal.watch(LATER - 1, LIMIT)).isFalse();
    assertThat(attempt.journal.safe()).isEqualTo(9);
    assertThat(attempt.journal.watch(LATER, LIMIT)).isTrue();
    assertThat(attempt.journal.safe()).isEqualTo(14);
    attempt.journal.cover(29, true, -1);
    assertThat(attempt.journal.watch(LATER, LIMIT)).isTrue();
    assertThat(attempt.journal.safe()).isEqualTo(29);
    files.answer();
    assertThat(flush.get()).isTrue();
    assertThat(attempt.journal.watch(LATER, LIMIT)).isFalse();
  }

  @Test
  void goesOnWritingOnceTheDiskAnswers() throws Exception {
    Attempt attempt = start();
    CompletableFuture<Boolean> flush = flushThatHangs(attempt);
    attempt.journal.cover(14, true, -1);
    attempt.journal.watch(LATER, LIMIT);
    attempt.append(10);
    files.answer();
    flush.get();
    assertThat(attempt.journal.safe()).isEqualTo(19);
    // That a checkpoint has them is not enough any more.
    attempt.journal.cover(25, true, -1);
    assertThat(attempt.journal.safe()).isEqualTo(19);
    assertThat(attempt.flush()).isTrue();
    assertThat(attempt.journal.safe()).isEqualTo(29);
    Attempt again = Attempt.start(folder, 9);
    assertThat(again.replayed).isEqualTo(positions(10, 30));
    assertThat(again.result.lost()).isZero();
  }

  @Test
  void whatACheckpointCoversIsAcknowledgedThoughItIsNeverWritten() throws Exception {
    Attempt attempt = start();
    CompletableFuture<Boolean> flush = flushThatHangs(attempt);
    attempt.append(10);
    attempt.journal.cover(29, true, -1);
    attempt.journal.watch(LATER, LIMIT);
    files.answer();
    flush.get();
    // Nobody asked in between: it is still so, though nothing comes that would be written.
    assertThat(attempt.flush()).isFalse();
    assertThat(attempt.journal.safe()).isEqualTo(29);
    attempt.append(1);
    attempt.flush();
    Attempt again = Attempt.start(folder, 29);
    assertThat(again.replayed).isEqualTo(positions(30, 31));
    assertThat(again.result.lost()).isZero();
  }

  @Test
  void checkpointsMakeRoomInMemory() throws Exception {
    Attempt attempt = start();
    CompletableFuture<Boolean> flush = flushThatHangs(attempt);
    attempt.journal.watch(LATER, LIMIT);
    attempt.append(70, 1 << 20);
    assertThat(attempt.journal.hasRoom()).isFalse();
    attempt.journal.watch(LATER, LIMIT);
    assertThat(attempt.journal.hasRoom()).isFalse();
    attempt.journal.cover(89, true, -1);
    attempt.journal.watch(LATER, LIMIT);
    assertThat(attempt.journal.hasRoom()).isTrue();
    assertThat(flush).isNotDone();
  }

  @Test
  void aDiskThatRefusesDoesNotHang() throws Exception {
    FailingFileSystem full = new FailingFileSystem();
    Attempt attempt = Attempt.start(folder, 1L << 30, full);
    full.room = 0;
    attempt.append(5);
    assertThat(attempt.journal.flush(BEGUN)).isFalse();
    assertThat(attempt.journal.watch(LATER, LIMIT)).isFalse();
  }
}
