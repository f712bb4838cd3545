package io.motorwatch.source.mqtt.journal;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystem.WriteMode;
import org.apache.flink.core.fs.Path;

/**
 * A session's folder: segments; {@code EPOCH.claim} of each attempt; {@code POSITION.covered} of
 * the newest completed checkpoint; {@code POSITION.freed}, up to where segments were removed
 * because no checkpoint needed them. No file is ever replaced, as not all file systems can.
 *
 * <p>An attempt claims the next epoch before it connects, and looks for higher ones behind each
 * connect. Since connecting ends the connection of the attempt before, that one can acknowledge
 * nothing more by the time the later one reads; and if it connects again it finds the claim.
 */
final class JournalFolder {

  /** Where files can be replaced by others unseen, the owner is in the name. */
  private static final Pattern CLAIM = Pattern.compile("(\\d{10})(?:-[0-9a-f-]{36})?\\.claim");

  /** Whose highest position counts. */
  enum Note {
    COVERED,
    FREED;

    private final Pattern pattern = Pattern.compile("(\\d{18})" + Pattern.quote(suffix()));

    private String suffix() {
      return "." + name().toLowerCase(Locale.ROOT);
    }

    /** {@link JournalRecord#NONE} if the file is none. */
    private long position(FileStatus file) {
      Matcher note = pattern.matcher(file.getPath().getName());
      return note.matches() ? Long.parseLong(note.group(1)) : JournalRecord.NONE;
    }
  }

  private static final int LIST_TIMES = 20;

  private final FileSystem files;
  private final Durability durability;
  private final Path path;
  private final String sessionId;
  private final String owner = UUID.randomUUID().toString();

  /** What this attempt has noted, so that it need not list the folder for each. */
  private final Map<Note, Long> noted = new EnumMap<>(Note.class);

  JournalFolder(FileSystem files, JournalOptions options, String sessionId) {
    this.files = files;
    this.durability = options.durability();
    this.path = new Path(new Path(options.directory()), safe(sessionId));
    this.sessionId = sessionId;
  }

  static JournalFolder of(JournalOptions options, String sessionId) throws IOException {
    // The threads of the journal outlive no task, but are not the task's either.
    FileSystem files = FileSystem.getUnguardedFileSystem(new Path(options.directory()).toUri());
    return new JournalFolder(files, options, sessionId);
  }

  /** Different for different names, on any file system. */
  static String safe(String name) {
    StringBuilder safe = new StringBuilder();
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      boolean plain = (b >= 'a' && b <= 'z') || (b >= '0' && b <= '9') || b == '-' || b == '_';
      safe.append(plain ? String.valueOf((char) b) : "=%02x".formatted(b));
    }
    return safe.toString();
  }

  FileSystem files() {
    return files;
  }

  Path path() {
    return path;
  }

  Durability durability() {
    return durability;
  }

  /** Begins a file that is not there. */
  FSDataOutputStream create(Path file) throws IOException {
    return files.create(file, WriteMode.NO_OVERWRITE);
  }

  /** Whether there is anything of the session. */
  boolean exists() throws IOException {
    // An object store has no folders.
    return list().length > 0 || files.exists(path);
  }

  List<SegmentFile> segments() throws IOException {
    List<SegmentFile> segments = new ArrayList<>();
    for (FileStatus file : list()) {
      SegmentFile segment = SegmentFile.of(file.getPath(), file.getLen());
      if (segment != null) {
        segments.add(segment);
      }
    }
    segments.sort(SegmentFile.ORDER);
    return segments;
  }

  private FileStatus[] list() throws IOException {
    for (int times = 1; ; times++) {
      try {
        FileStatus[] all = files.listStatus(path);
        return all == null ? new FileStatus[0] : all;
      } catch (FileNotFoundException e) {
        if (!files.exists(path)) {
          return new FileStatus[0];
        }
        // A file that an attempt before removed while it was listed.
        if (times == LIST_TIMES) {
          throw e;
        }
      }
    }
  }

  /** Takes an epoch higher than all there. */
  long claim() throws IOException {
    files.mkdirs(path);
    while (true) {
      long epoch = highestEpoch() + 1;
      try (FSDataOutputStream out = create(claimFile(epoch))) {
        out.write(owner.getBytes(StandardCharsets.US_ASCII));
        durability.commit(out);
      } catch (FileAlreadyExistsException e) {
        // Another attempt at the same time: one higher.
        continue;
      }
      // Of two at the same time on an object store, at least the later finds both.
      if (durability == Durability.SYNC || owns(epoch)) {
        return epoch;
      }
    }
  }

  private Path claimFile(long epoch) {
    String name = "%010d".formatted(epoch);
    return new Path(path, (durability == Durability.SYNC ? name : name + "-" + owner) + ".claim");
  }

  private long highestEpoch() throws IOException {
    long highest = 0;
    for (FileStatus file : list()) {
      Matcher claim = CLAIM.matcher(file.getPath().getName());
      SegmentFile segment = SegmentFile.of(file.getPath(), 0);
      if (claim.matches()) {
        highest = Math.max(highest, Long.parseLong(claim.group(1)));
      } else if (segment != null) {
        highest = Math.max(highest, segment.epoch());
      }
    }
    return highest;
  }

  /**
   * Makes sure that no other attempt has the journal.
   *
   * @throws JournalTakenException if one has
   */
  void checkOwned(long epoch) throws IOException {
    boolean owned =
        durability == Durability.SYNC
            ? highestEpoch() <= epoch && owner.equals(ownerOf(epoch))
            : owns(epoch);
    if (!owned) {
      throw new JournalTakenException(sessionId);
    }
  }

  /** Whether our claim is there, and the highest and the only one of its epoch. */
  private boolean owns(long epoch) throws IOException {
    boolean found = false;
    for (FileStatus file : list()) {
      String name = file.getPath().getName();
      Matcher claim = CLAIM.matcher(name);
      SegmentFile segment = SegmentFile.of(file.getPath(), 0);
      boolean own = name.equals(claimFile(epoch).getName());
      if ((claim.matches() && !own && Long.parseLong(claim.group(1)) >= epoch)
          || (segment != null && segment.epoch() > epoch)) {
        return false;
      }
      found |= own;
    }
    return found;
  }

  /** Who claimed it: not every file system refuses two claims of one epoch at the same time. */
  private String ownerOf(long epoch) throws IOException {
    try (FSDataInputStream in = files.open(claimFile(epoch))) {
      return new String(in.readNBytes(64), StandardCharsets.US_ASCII);
    } catch (FileNotFoundException e) {
      return "";
    }
  }

  /** Removes the claims of lower epochs. */
  void removeClaimsBefore(long epoch) throws IOException {
    for (FileStatus file : list()) {
      Matcher claim = CLAIM.matcher(file.getPath().getName());
      if (claim.matches() && Long.parseLong(claim.group(1)) < epoch) {
        files.delete(file.getPath(), false);
      }
    }
  }

  /** What the note says, or {@link JournalRecord#NONE}. */
  long read(Note note) throws IOException {
    long newest = JournalRecord.NONE;
    for (FileStatus file : list()) {
      newest = Math.max(newest, note.position(file));
    }
    return newest;
  }

  /** Notes a position higher than before. */
  void write(Note note, long position) throws IOException {
    Path fresh = noteFile(note, position);
    if (!files.exists(fresh)) {
      create(fresh).close();
    }
    Long before = noted.put(note, position);
    if (before != null) {
      files.delete(noteFile(note, before), false);
      return;
    }
    for (FileStatus file : list()) {
      long other = note.position(file);
      if (other != JournalRecord.NONE && other < position) {
        files.delete(file.getPath(), false);
      }
    }
  }

  private Path noteFile(Note note, long position) {
    return new Path(path, "%018d".formatted(position) + note.suffix());
  }

  void delete(SegmentFile segment) throws IOException {
    files.delete(segment.path(), false);
  }

  /**
   * Removes the files of epochs up to this one, and the folder if nothing else is there. The notes
   * stay as long as any segment does: by them a later attempt knows what is not to be read again.
   */
  void deleteUpTo(long epoch) throws IOException {
    for (SegmentFile segment : segments()) {
      if (segment.epoch() <= epoch) {
        delete(segment);
      }
    }
    if (!segments().isEmpty() || highestEpoch() > epoch) {
      return;
    }
    for (FileStatus file : list()) {
      Matcher claim = CLAIM.matcher(file.getPath().getName());
      if (!claim.matches() || Long.parseLong(claim.group(1)) <= epoch) {
        files.delete(file.getPath(), false);
      }
    }
    if (list().length == 0) {
      files.delete(path, false);
    }
  }
}
