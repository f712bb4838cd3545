package io.motorwatch.source.mqtt.journal;

import static io.motorwatch.source.mqtt.journal.Attempt.positions;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.runtime.throwable.ThrowableClassifier;
import org.apache.flink.runtime.throwable.ThrowableType;
import org.apache.flink.util.FileUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@ValueSource(strings = {"local", Attempt.OBJECTS})
class JournalStoreTest {

  private static final long NONE = JournalRecord.NONE;

  @TempDir Path temporary;
  @Parameter String where;

  private Path folder;

  @BeforeEach
  void prepare() {
    folder = temporary.resolve(where);
  }

  @Test
  void replaysInOrderWhatLiesBehindTheStatesPosition() throws Exception {
    Attempt first = Attempt.start(folder, NONE);
    first.append(5);
    assertThat(first.flush()).isTrue();
    assertThat(first.append(5)).isEqualTo(9);
    first.flush();
    assertThat(first.journal.safe()).isEqualTo(9);
    Attempt second = Attempt.start(folder, 3);
    assertThat(second.replayed).isEqualTo(positions(4, 10));
    assertThat(second.result.lost()).isZero();
    assertThat(second.records.get(0).message()).isEqualTo(Attempt.message("x".repeat(10)));
    assertThat(second.append(1)).isEqualTo(10);
    second.flush();
    Attempt third = Attempt.start(folder, NONE);
    assertThat(third.replayed).isEqualTo(positions(0, 11));
  }

  @Test
  void cutsWhatAFailureTore() throws Exception {
    Attempt first = Attempt.start(folder, NONE);
    first.append(3);
    first.flush();
    byte[] whole = Files.readAllBytes(Attempt.lastSegment(folder));
    first.append(1);
    first.flush();
    Path segment = Attempt.lastSegment(folder);
    byte[] longer = Files.readAllBytes(segment);
    for (int length = whole.length; length < longer.length; length++) {
      Path copy = Files.createDirectories(folder.resolve("cut-" + length));
      FileUtils.copy(
          path(folder.resolve(Attempt.SESSION)), path(copy.resolve(Attempt.SESSION)), false);
      Files.write(Attempt.lastSegment(copy), Arrays.copyOf(longer, length));
      Attempt again = Attempt.start(copy, 0);
      assertThat(again.replayed).isEqualTo(positions(1, 3));
      assertThat(again.result.lost()).isZero();
      assertThat(again.append(2)).isEqualTo(4);
      again.flush();
      Attempt later = Attempt.start(copy, 0);
      assertThat(later.replayed).isEqualTo(positions(1, 5));
      assertThat(later.result.lost()).isZero();
    }
  }

  private static org.apache.flink.core.fs.Path path(Path path) {
    return new org.apache.flink.core.fs.Path(path.toUri());
  }

  @Test
  void countsWhatFlippedBytesDestroyAndGoesOnBehind() throws Exception {
    Attempt first = Attempt.start(folder, NONE);
    first.append(100);
    first.flush();
    Path segment = Attempt.lastSegment(folder);
    byte[] bytes = Files.readAllBytes(segment);
    int recordBytes = (bytes.length - headerBytes(bytes)) / 100;
    for (int flipped : new int[] {10, 11, 50}) {
      bytes[headerBytes(bytes) + flipped * recordBytes + 3] ^= 0x40;
    }
    Files.write(segment, bytes);
    Attempt second = Attempt.start(folder, 4);
    assertThat(second.result.lost()).isEqualTo(3);
    assertThat(second.replayed).hasSize(92).doesNotContain(10L, 11L, 50L).endsWith(99L);
    assertThat(second.append(1)).isEqualTo(100);
  }

  private static int headerBytes(byte[] bytes) throws Exception {
    return SegmentHeader.read(bytes).length();
  }

  @Test
  void readsASegmentWhoseHeaderIsDestroyed() throws Exception {
    Attempt first = Attempt.start(folder, NONE);
    first.append(10);
    first.flush();
    Attempt second = Attempt.start(folder, 5);
    second.append(10);
    second.flush();
    for (Path segment : Attempt.segments(folder)) {
      byte[] bytes = Files.readAllBytes(segment);
      bytes[7] ^= 1;
      Files.write(segment, bytes);
    }
    Attempt third = Attempt.start(folder, 5);
    assertThat(third.replayed).isEqualTo(positions(6, 20));
    assertThat(third.result.lost()).isZero();
  }

  @Test
  void countsWhatAMissingSegmentHeld() throws Exception {
    Attempt first = Attempt.start(folder, NONE);
    first.append(10);
    first.flush();
    Attempt second = Attempt.start(folder, 5);
    second.append(10);
    second.flush();
    for (Path segment : Attempt.segments(folder)) {
      if (segment.getFileName().toString().startsWith("0000000001-")) {
        Files.delete(segment);
      }
    }
    Attempt third = Attempt.start(folder, 5);
    assertThat(third.result.lost()).isEqualTo(4);
    assertThat(third.replayed).isEqualTo(positions(10, 20));
  }

  @Test
  void saysThatAMissingFolderMayHaveHeldSomething() throws Exception {
    Attempt first = Attempt.start(folder, 77);
    assertThat(first.result.lost()).isEqualTo(1);
    assertThat(first.append(1)).isEqualTo(78);
  }

  @Test
  void passesOverWhatAReplacedAttemptStillWrote() throws Exception {
    Attempt first = Attempt.start(folder, NONE);
    first.append(10);
    first.flush();
    JournalStore later = Attempt.claimed(folder);
    Attempt second = Attempt.start(later, 4);
    // The first one does not know yet; nothing of this is acknowledged.
    first.append(20);
    first.flush();
    second.append(3);
    second.flush();
    Attempt third = Attempt.start(folder, 7);
    assertThat(third.replayed).isEqualTo(positions(8, 13));
    third.append(1);
    third.flush();
    second.append(9);
    second.flush();
    assertThat(Attempt.start(folder, 7).replayed).isEqualTo(positions(8, 14));
  }

  @Test
  void onlyTheLastAttemptThatClaimedHasTheJournal() throws Exception {
    JournalStore first = Attempt.claimed(folder);
    Attempt writing = Attempt.start(first, NONE);
    writing.append(1);
    writing.flush();
    first.check();
    JournalStore second = Attempt.claimed(folder);
    assertThatThrownBy(first::check)
        .isInstanceOf(JournalTakenException.class)
        .hasMessageContaining("another job or attempt writes the journal of session it-0");
    second.check();
    JournalStore third = Attempt.claimed(folder);
    assertThatThrownBy(second::check).isInstanceOf(JournalTakenException.class);
    Attempt.start(third, NONE);
    third.check();
    assertThatThrownBy(first::check).isInstanceOf(JournalTakenException.class);
  }

  @Test
  void saysThatTheFolderWasRemovedWhileItRuns() throws Exception {
    JournalStore store = Attempt.claimed(folder);
    Attempt attempt = Attempt.start(store, NONE);
    attempt.append(1);
    attempt.flush();
    FileUtils.deleteDirectory(folder.resolve(Attempt.SESSION).toFile());
    assertThatThrownBy(store::check)
        .isInstanceOf(JournalTakenException.class)
        .hasMessageContaining("of session it-0, or its claim, was removed while the job runs")
        .hasMessageNotContaining("another job");
    // A file that came since makes no difference.
    Files.createDirectories(folder.resolve(Attempt.SESSION));
    Files.createFile(folder.resolve(Attempt.SESSION).resolve("000000000000000000.covered"));
    assertThatThrownBy(store::check).hasMessageContaining("was removed while the job runs");
    Attempt.claimed(folder);
    Attempt.claimed(folder);
    assertThatThrownBy(store::check).hasMessageContaining("another job or attempt");
  }

  @Test
  void beginsBehindTheLastCompletedCheckpointWhereThereIsNoState() throws Exception {
    Attempt first = Attempt.start(folder, NONE);
    first.append(10);
    first.flush();
    first.journal.cover(6, true, NONE);
    first.journal.tidy();
    assertThat(Attempt.start(folder, NONE).replayed).isEqualTo(positions(7, 10));
    assertThat(Attempt.start(folder, 2).replayed).isEqualTo(positions(3, 10));
  }

  @Test
  void aStateOfBeforeTheFirstMessageIsNoStartWithoutState() throws Exception {
    Attempt first = Attempt.start(folder, NONE);
    first.append(10);
    first.flush();
    first.journal.cover(6, true, NONE);
    first.journal.tidy();
    assertThat(Attempt.start(folder, JournalRecord.START).replayed).isEqualTo(positions(0, 10));
  }

  @Test
  void goesOnBehindTheStateWhereTheDiskHadFailed() throws Exception {
    Attempt first = Attempt.start(folder, NONE);
    first.append(10);
    first.flush();
    // Covered by a checkpoint, and never written.
    Attempt second = Attempt.start(folder, 25);
    assertThat(second.replayed).isEmpty();
    assertThat(second.result.lost()).isZero();
    assertThat(second.append(4)).isEqualTo(29);
    second.flush();
    assertThat(Attempt.start(folder, 27).replayed).isEqualTo(positions(28, 30));
  }

  @Test
  void countsWhatALaterCheckpointHeldAndNobodyWrote() throws Exception {
    Attempt first = Attempt.start(folder, NONE);
    first.append(10);
    first.flush();
    first.journal.cover(25, true, NONE);
    first.journal.tidy();
    Attempt second = Attempt.start(folder, 7);
    assertThat(second.replayed).isEqualTo(positions(8, 10));
    assertThat(second.result.lost()).isEqualTo(16);
    assertThat(second.append(1)).isEqualTo(26);
  }

  @Test
  void freesSegmentsThatNoCheckpointNeeds() throws Exception {
    Attempt attempt = Attempt.start(folder, NONE, 8L << 20);
    for (int times = 0; times < 8; times++) {
      attempt.append(600, 1000);
      attempt.flush();
    }
    List<Path> before = Attempt.segments(folder);
    assertThat(before.size()).isGreaterThan(3);
    attempt.journal.cover(4799, true, 2600);
    attempt.journal.tidy();
    assertThat(Attempt.segments(folder).size()).isBetween(1, before.size() - 1);
    Attempt again = Attempt.start(folder, 2600, 8L << 20);
    assertThat(again.replayed).isEqualTo(positions(2601, 4800));
    assertThat(again.result.lost()).isZero();
    again.journal.cover(4799, true, 4799);
    again.journal.tidy();
    assertThat(Attempt.segments(folder)).hasSize(1);
    assertThat(again.journal.bytes()).isLessThan(10_000);
  }

  /** Messages 0 to 4,799, of which those up to 2,600 were freed, segment by segment. */
  private void freed() throws Exception {
    Attempt attempt = Attempt.start(folder, NONE, 8L << 20);
    for (int times = 0; times < 8; times++) {
      attempt.append(600, 1000);
      attempt.flush();
    }
    attempt.journal.cover(4799, true, 2600);
    attempt.journal.tidy();
  }

  private long firstKept() throws Exception {
    return SegmentHeader.read(Files.readAllBytes(Attempt.segments(folder).get(0))).first();
  }

  @Test
  void refusesAStateOlderThanWhatItKeeps() throws Exception {
    freed();
    long kept = firstKept();
    assertThat(kept).isBetween(1000L, 2601L);
    for (long position : new long[] {JournalRecord.START, 100, kept - 2}) {
      assertThatThrownBy(() -> Attempt.start(folder, position, 8L << 20))
          .isInstanceOf(OlderStateException.class)
          .hasMessageContaining("session it-0")
          .hasMessageContaining("of position " + position)
          .hasMessageContaining("from position " + kept)
          .hasMessageContaining((kept - 1 - position) + " acknowledged messages are missing")
          .hasMessageContaining("taken after 1970-01-01T00:00:00.005Z")
          .hasMessageContaining("mqtt.journal.older-state: accept");
    }
    Attempt again = Attempt.start(folder, kept - 1, 8L << 20);
    assertThat(again.replayed).isEqualTo(positions(kept, 4800));
    assertThat(again.result.lost()).isZero();
  }

  @Test
  void flinkDoesNotRestartAJobWithSuchAState() throws Exception {
    freed();
    Throwable refused = catchThrowable(() -> Attempt.start(folder, 100, 8L << 20));
    assertThat(
            ThrowableClassifier.findThrowableOfThrowableType(
                new IOException(refused), ThrowableType.NonRecoverableError))
        .isPresent();
  }

  @Test
  void anOlderStateThatIsAcceptedIsMissingWhatWasFreed() throws Exception {
    freed();
    long kept = firstKept();
    JournalOptions options = Attempt.options(folder, 8L << 20).olderState(OlderState.ACCEPT);
    JournalStore store = JournalStore.of(Attempt.files(folder), options, Attempt.SESSION);
    store.claim();
    Attempt again = Attempt.start(store, 100);
    assertThat(again.replayed).isEqualTo(positions(kept, 4800));
    assertThat(again.result.lost()).isEqualTo(kept - 101);
    assertThat(again.append(1)).isEqualTo(4800);
  }

  @Test
  void freeingAnEmptySegmentKeepsTheNoteOfWhatWasFreed() throws Exception {
    Attempt first = Attempt.start(folder, NONE);
    first.append(10);
    first.flush();
    // In an object store it begins with a segment of its header alone.
    Attempt second = Attempt.start(folder, NONE);
    second.journal.cover(9, true, 9);
    second.journal.tidy();
    second.append(1);
    second.flush();
    second.journal.cover(10, true, 10);
    second.journal.tidy();
    assertThatThrownBy(() -> Attempt.start(folder, 5)).isInstanceOf(OlderStateException.class);
  }

  @Test
  void aNoteThatIsWrittenTwiceIsThere() throws Exception {
    JournalFolder notes =
        new JournalFolder(
            Attempt.files(folder), Attempt.options(folder, 1L << 20), Attempt.SESSION);
    for (JournalFolder.Note note : JournalFolder.Note.values()) {
      notes.write(note, 7);
      notes.write(note, 7);
      notes.write(note, 5);
      assertThat(notes.read(note)).isEqualTo(7);
      notes.write(note, 8);
      assertThat(notes.read(note)).isEqualTo(8);
    }
  }

  @Test
  void aSegmentThatIsLostBehindWhatWasFreedIsNoOlderState() throws Exception {
    freed();
    long kept = firstKept();
    Files.delete(Attempt.segments(folder).get(0));
    long left = firstKept();
    Attempt again = Attempt.start(folder, kept + 9, 8L << 20);
    assertThat(again.result.lost()).isEqualTo(left - kept - 10);
    assertThat(again.replayed).isEqualTo(positions(left, 4800));
  }

  @Test
  void aStateThatStillFindsAllOfItsMessagesIsNoOlderState() throws Exception {
    Attempt first = Attempt.start(folder, NONE);
    first.append(10);
    first.flush();
    first.journal.cover(9, true, 7);
    first.journal.tidy();
    Attempt again = Attempt.start(folder, 2);
    assertThat(again.replayed).isEqualTo(positions(3, 10));
    assertThat(again.result.lost()).isZero();
  }

  @Test
  void writesNothingBeyondItsSizeUntilSomeIsFreed() throws Exception {
    Attempt attempt = Attempt.start(folder, NONE, 1L << 20);
    attempt.append(1200, 1000);
    assertThat(attempt.flush()).isTrue();
    assertThat(attempt.append(10)).isEqualTo(1209);
    assertThat(attempt.flush()).isFalse();
    assertThat(attempt.journal.safe()).isEqualTo(1199);
    attempt.append(1);
    attempt.journal.cover(1209, true, NONE);
    assertThat(attempt.flush()).isFalse();
    assertThat(attempt.journal.safe()).isEqualTo(1209);
    attempt.journal.cover(1209, true, 1209);
    attempt.journal.tidy();
    assertThat(attempt.flush()).isTrue();
    assertThat(attempt.journal.safe()).isEqualTo(1210);
    Attempt again = Attempt.start(folder, 1209);
    assertThat(again.replayed).isEqualTo(positions(1210, 1211));
  }

  @Test
  void keepsFoldersOfDifferentSessionsApart() {
    assertThat(JournalFolder.safe("motorwatch-0")).isEqualTo("motorwatch-0");
    assertThat(JournalFolder.safe("A/ü.")).isEqualTo("=41=2f=c3=bc=2e");
    assertThat(JournalFolder.safe("..")).isEqualTo("=2e=2e");
  }

  @Test
  void refusesFileSystemsOfWhichItIsNotKnownWhenAFileIsDurable() {
    assertThatThrownBy(() -> new JournalOptions("ftp://x/y", Duration.ZERO, 1L << 30))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ftp://x/y")
        .hasMessageContaining("local folder, on hdfs:// or an object store (abfs, ")
        .hasMessageContaining("s3, s3a");
    for (String directory : List.of("hdfs:///j", "s3://bucket/journal", "gs://x/y")) {
      assertThat(new JournalOptions(directory, Duration.ZERO, 1L << 30).directory())
          .isEqualTo(directory);
    }
  }

  @Test
  void refusesWhatALaterVersionWrote() throws Exception {
    Attempt first = Attempt.start(folder, NONE);
    first.append(1);
    first.flush();
    byte[] header = new SegmentHeader(1, 0, List.of()).toBytes();
    assertThat(new String(header, 0, 4, StandardCharsets.US_ASCII)).isEqualTo("MWJL");
    assertThat(SegmentHeader.read(header)).isEqualTo(new SegmentHeader(1, 0, List.of()));
    assertThat(SegmentHeader.read(Arrays.copyOf(header, header.length - 1))).isNull();
  }
}
