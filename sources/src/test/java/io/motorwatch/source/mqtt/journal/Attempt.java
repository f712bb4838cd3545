package io.motorwatch.source.mqtt.journal;

import io.motorwatch.source.mqtt.MqttMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.local.LocalFileSystem;

/**
 * One attempt at a session's journal; its messages are numbered by their positions. A folder of the
 * name {@value #OBJECTS} is in an object store.
 */
final class Attempt {

  static final String SESSION = "it-0";
  static final String OBJECTS = "objects";

  final List<Long> replayed = new ArrayList<>();
  final List<JournalRecord> records = new ArrayList<>();
  final JournalStore store;
  final JournalStore.Replayed result;
  final SessionJournal journal;
  private long nanos;

  private Attempt(JournalStore store, long position) throws Exception {
    this.store = store;
    store.check();
    this.result =
        store.replay(
            position,
            journalRecord -> {
              replayed.add(journalRecord.position());
              records.add(journalRecord);
            });
    this.journal = store.open();
  }

  static JournalOptions options(Path folder, long maxBytes) {
    String directory =
        inObjectStore(folder) ? ObjectStoreFileSystem.uri(folder) : folder.toString();
    return new JournalOptions(directory, Duration.ZERO, maxBytes);
  }

  private static boolean inObjectStore(Path folder) {
    return StreamSupport.stream(folder.spliterator(), false)
        .anyMatch(part -> part.toString().equals(OBJECTS));
  }

  static FileSystem files(Path folder) {
    return inObjectStore(folder)
        ? new ObjectStoreFileSystem()
        : LocalFileSystem.getSharedInstance();
  }

  static JournalStore claimed(Path folder) throws IOException {
    JournalStore store = JournalStore.of(files(folder), options(folder, 1L << 30), SESSION);
    store.claim();
    return store;
  }

  static Attempt start(JournalStore claimed, long position) throws Exception {
    return new Attempt(claimed, position);
  }

  static Attempt start(Path folder, long position) throws Exception {
    return start(claimed(folder), position);
  }

  static Attempt start(Path folder, long maxBytes, FileSystem files) throws Exception {
    JournalStore store = JournalStore.of(files, options(folder, maxBytes), SESSION);
    store.claim();
    return new Attempt(store, JournalRecord.NONE);
  }

  static Attempt start(Path folder, long position, long maxBytes) throws Exception {
    JournalStore store = JournalStore.of(files(folder), options(folder, maxBytes), SESSION);
    store.claim();
    return new Attempt(store, position);
  }

  static MqttMessage message(String payload) {
    return new MqttMessage("t/1", payload.getBytes(StandardCharsets.UTF_8), false, 1, null, 5);
  }

  /** Appends so many, each with its position and as many bytes more; the last position. */
  long append(int count, int bytes) {
    long last = -1;
    for (int i = 0; i < count; i++) {
      last = journal.append(message("x".repeat(bytes)), i);
    }
    return last;
  }

  long append(int count) {
    return append(count, 10);
  }

  boolean flush() throws IOException {
    nanos += Duration.ofMinutes(1).toNanos();
    return journal.flush(nanos);
  }

  static List<Long> positions(long from, long to) {
    return LongStream.range(from, to).boxed().toList();
  }

  static List<Path> segments(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve(SESSION))) {
      return files.filter(file -> file.toString().endsWith(".segment")).sorted().toList();
    }
  }

  static Path lastSegment(Path folder) throws IOException {
    List<Path> all = segments(folder);
    return all.get(all.size() - 1);
  }
}
