package io.motorwatch.source.mqtt.journal;

import io.motorwatch.source.mqtt.journal.JournalFolder.Note;
import java.io.IOException;
import java.util.List;
import org.apache.flink.core.fs.FileSystem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attempt's access to a session's journal: {@link #claim} before it connects, {@link #check}
 * behind each connect, {@link #replay} behind the first. For one thread at a time; all of it may
 * block for the disk.
 */
public final class JournalStore {

  private static final Logger LOG = LoggerFactory.getLogger(JournalStore.class);

  /** Takes the records, in order; may block. */
  public interface Sink {
    void put(JournalRecord journalRecord) throws InterruptedException;
  }

  /**
   * What was replayed.
   *
   * @param from the position behind which it began
   * @param last the last position of the journal, or the state's where that is behind it
   * @param replayed messages handed out
   * @param lost acknowledged messages that are missing, or at least one where their number is
   *     unknown
   */
  public record Replayed(long from, long last, long replayed, long lost) {}

  private final String sessionId;
  private final JournalOptions options;
  private final JournalFolder folder;
  private JournalHistory history = new JournalHistory(List.of(), 0, List.of());
  private long last = JournalRecord.NONE;
  private long epoch;

  private JournalStore(String sessionId, JournalOptions options, JournalFolder folder) {
    this.sessionId = sessionId;
    this.options = options;
    this.folder = folder;
  }

  public static JournalStore of(JournalOptions options, String sessionId) throws IOException {
    return new JournalStore(sessionId, options, JournalFolder.of(options, sessionId));
  }

  /** On a file system of the caller's. */
  public static JournalStore of(FileSystem files, JournalOptions options, String sessionId) {
    return new JournalStore(sessionId, options, new JournalFolder(files, options, sessionId));
  }

  /** Whether the session has a folder. */
  public boolean exists() throws IOException {
    return folder.exists();
  }

  /** Announces this attempt to all others. */
  public void claim() throws IOException {
    epoch = folder.claim();
  }

  /**
   * Makes sure that no later attempt has announced itself.
   *
   * @throws JournalTakenException if one has
   */
  public void check() throws IOException {
    folder.checkOwned(epoch);
  }

  /**
   * Hands out what lies behind the state's position; without one, behind the last completed
   * checkpoint's. What is missing is logged, and it goes on; unless it was freed, since there are
   * newer states, which hold it.
   *
   * @param position the state's
   * @throws OlderStateException if messages behind it were freed, and that is not accepted
   */
  public Replayed replay(long position, Sink sink) throws IOException, InterruptedException {
    history = JournalHistory.of(folder);
    // A listing that was empty for a moment would not have our own claim either.
    check();
    long covered = folder.read(Note.COVERED);
    long from = position == JournalRecord.NONE ? Math.max(covered, JournalRecord.START) : position;
    // Where the disk had failed, checkpoints cover what was never written.
    long end = Math.max(history.next(), covered + 1);
    long freed = freedBehind(position);
    JournalReplay.Result result = JournalReplay.run(folder, history, from + freed, end, sink);
    last = Math.max(end - 1, from);
    long lost = result.lost();
    if (lost > 0) {
      LOG.error(
          "JOURNAL DAMAGED: of session {} {} acknowledged messages cannot be read again, and are"
              + " lost: {} in {}",
          sessionId,
          lost,
          String.join(", ", result.where()),
          folder.path());
    } else if (history.ranges().isEmpty() && position != JournalRecord.NONE) {
      lost = 1;
      logMissing(sessionId, folder.path().toString());
    }
    return new Replayed(from, last, result.replayed(), freed + lost);
  }

  /** How many messages behind the state's position were freed. */
  private long freedBehind(long position) throws IOException {
    long kept = Math.min(folder.read(Note.FREED) + 1, history.first());
    if (position == JournalRecord.NONE || position + 1 >= kept) {
      return 0;
    }
    OlderStateException tooOld =
        new OlderStateException(sessionId, position, kept, history.firstArrival(folder));
    if (options.olderState() == OlderState.REFUSE) {
      throw tooOld;
    }
    LOG.warn("Accepted: {}", tooOld.getMessage());
    return kept - 1 - position;
  }

  /** Says that a session's journal is not where it should be. */
  public static void logMissing(String sessionId, String where) {
    LOG.error(
        "JOURNAL LOST: session {} had a journal at its last checkpoint, and there is none in {}."
            + " Messages acknowledged since that checkpoint are lost, if there were any; how many"
            + " is not known. Check mqtt.journal.dir.",
        sessionId,
        where);
  }

  /** Goes on writing behind what was replayed: from here on it is this attempt's that counts. */
  public SessionJournal open() throws IOException {
    long next = last + 1;
    SegmentLog log = SegmentLog.open(folder, options.maxBytes(), epoch, history, next);
    return new SessionJournal(sessionId, options, folder, log, next);
  }

  /** Notes that a completed checkpoint covers all up to here. */
  public void cover(long position) throws IOException {
    check();
    folder.write(Note.COVERED, position);
  }

  /**
   * Removes what this attempt and those before it have written; may be interrupted by a crash at
   * any point. What a later attempt writes meanwhile stays.
   *
   * @throws JournalTakenException if a later attempt has it
   */
  public void delete() throws IOException {
    check();
    folder.deleteUpTo(epoch);
  }
}
