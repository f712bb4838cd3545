package io.motorwatch.source.mqtt.journal;

import static io.motorwatch.source.mqtt.journal.Attempt.positions;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ObjectStoreTest {

  private static final long NONE = JournalRecord.NONE;

  @TempDir Path temporary;

  private final ObjectStoreFileSystem objects = new ObjectStoreFileSystem();
  private Path folder;

  @BeforeEach
  void prepare() {
    folder = temporary.resolve(Attempt.OBJECTS);
  }

  private JournalStore store() {
    return JournalStore.of(objects, Attempt.options(folder, 1L << 30), Attempt.SESSION);
  }

  private Attempt start(long position) throws Exception {
    JournalStore store = store();
    store.claim();
    return Attempt.start(store, position);
  }

  @Test
  void eachFlushIsOneObjectAndListsNothing() throws Exception {
    Attempt attempt = start(NONE);
    int before = objects.written;
    int listed = objects.listed;
    for (int times = 0; times < 100; times++) {
      attempt.append(10);
      attempt.flush();
      assertThat(attempt.journal.safe()).isEqualTo(times * 10 + 9);
    }
    assertThat(objects.written - before).isEqualTo(100);
    assertThat(objects.listed).isEqualTo(listed);
    assertThat(start(199).replayed).isEqualTo(positions(200, 1000));
  }

  @Test
  void manyObjectsAreReadAgain() throws Exception {
    Attempt attempt = start(NONE);
    for (int times = 0; times < 1000; times++) {
      attempt.append(1);
      attempt.flush();
    }
    Attempt again = start(NONE);
    assertThat(again.replayed).isEqualTo(positions(0, 1000));
    again.journal.cover(999, true, 998);
    tidy(again);
    // The last one with a message, and where the second attempt began.
    assertThat(Attempt.segments(folder)).hasSize(2);
    assertThat(start(998).replayed).isEqualTo(positions(999, 1000));
  }

  @Test
  void writesNoMoreThanSoManyObjects() throws Exception {
    JournalOptions options = Attempt.options(folder, 32L << 20);
    assertThat(options.maxFiles()).isEqualTo(256);
    JournalStore store = JournalStore.of(objects, options, Attempt.SESSION);
    store.claim();
    Attempt attempt = Attempt.start(store, NONE);
    for (int times = 0; times < 300; times++) {
      attempt.append(1);
      attempt.flush();
    }
    assertThat(Attempt.segments(folder)).hasSize(256);
    long last = attempt.append(1);
    attempt.journal.cover(last, true, last);
    attempt.flush();
    assertThat(attempt.journal.safe()).isEqualTo(last);
    tidy(attempt);
    attempt.append(1);
    assertThat(attempt.flush()).isTrue();
  }

  private static void tidy(Attempt attempt) throws Exception {
    boolean done = false;
    while (!done) {
      // Some at a time.
      done = attempt.journal.tidy();
    }
  }

  @Test
  void ofTwoClaimsAtTheSameTimeOneIsHigher() throws Exception {
    JournalStore first = store();
    JournalStore second = store();
    objects.beforeNext = () -> claim(second);
    claim(first);
    first.check();
    assertThatThrownBy(second::check).isInstanceOf(JournalTakenException.class);
    assertThat(claims()).containsExactlyInAnyOrder("0000000001", "0000000001", "0000000002");
  }

  private static void claim(JournalStore store) {
    try {
      store.claim();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> claims() throws Exception {
    try (var files = java.nio.file.Files.list(folder.resolve(Attempt.SESSION))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".claim"))
          .map(name -> name.substring(0, 10))
          .toList();
    }
  }

  @Test
  void knowsAJournalThoughThereAreNoFolders() throws Exception {
    assertThat(store().exists()).isFalse();
    Attempt attempt = start(NONE);
    assertThat(store().exists()).isTrue();
    attempt.store.delete();
    assertThat(store().exists()).isFalse();
  }
}
