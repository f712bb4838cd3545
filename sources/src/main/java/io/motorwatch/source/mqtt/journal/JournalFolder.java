package io.motorwatch.source.mqtt.journal;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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

  private static final Pattern CLAIM = Pattern.compile("(\\d{10})\\.claim");

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
  private final Path path;
  private final String sessionId;
  private final String owner = UUID.randomUUID().toString();

  JournalFolder(FileSystem files, Path directory, String sessionId) {
    this.files = files;
    this.path = new Path(directory, safe(sessionId));
    this.sessionId = sessionId;
  }

  static JournalFolder of(JournalOptions options, String sessionId) throws IOException {
    Path directory = new Path(options.directory());
    // The threads of the journal outlive no task, but are not the task's either.
    FileSystem files = FileSystem.getUnguardedFileSystem(directory.toUri());
    return new JournalFolder(files, directory, sessionId);
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

  boolean exists() throws IOException {
    return files.exists(path);
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
      try (FSDataOutputStream out = files.create(claimFile(epoch), WriteMode.NO_OVERWRITE)) {
        out.write(owner.getBytes(StandardCharsets.US_ASCII));
        out.sync();
        return epoch;
      } catch (FileAlreadyExistsException e) {
        // Another attempt at the same time: one higher.
      }
    }
  }

  private Path claimFile(long epoch) {
    return new Path(path, "%010d.claim".formatted(epoch));
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
    if (highestEpoch() > epoch || !owner.equals(ownerOf(epoch))) {
      throw new JournalTakenException(sessionId);
    }
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
    Path fresh = new Path(path, "%018d".formatted(position) + note.suffix());
    if (!files.exists(fresh)) {
      files.create(fresh, WriteMode.NO_OVERWRITE).close();
    }
    for (FileStatus file : list()) {
      long before = note.position(file);
      if (before != JournalRecord.NONE && before < position) {
        files.delete(file.getPath(), false);
      }
    }
  }

  void delete(SegmentFile segment) throws IOException {
    files.delete(segment.path(), false);
  }

  void deleteAll() throws IOException {
    files.delete(path, true);
  }
}
