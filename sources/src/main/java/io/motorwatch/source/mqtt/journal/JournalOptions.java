package io.motorwatch.source.mqtt.journal;

import java.io.Serializable;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.core.fs.Path;

/**
 * Where and how sessions keep their journals.
 *
 * @param directory of all journals, a path or a URI of {@code file:}, {@code hdfs:} or an object
 *     store; each session has a folder in it, which every task that may read the session must find
 *     there
 * @param flush the least time between the begins of two flushes, 0 or more; on an object store each
 *     makes an object
 * @param maxBytes of one session's journal; beyond, nothing more is written until a checkpoint
 *     frees some
 * @param olderState what to do with a state older than what a journal keeps
 */
public record JournalOptions(String directory, Duration flush, long maxBytes, OlderState olderState)
    implements Serializable {

  public static final Duration DEFAULT_FLUSH = Duration.ofMillis(5);

  public static final long DEFAULT_MAX_BYTES = 1L << 30;

  private static final int LEAST_FILES = 100;

  /** An object store takes some 30 ms to write one, and has its price for each. */
  public static final Duration DEFAULT_OBJECT_FLUSH = Duration.ofMillis(250);

  private static final Set<String> SYNC = Set.of("file", "hdfs", "viewfs");

  /**
   * Those whose objects are durable, and found by every read and listing, once their close returns.
   */
  private static final Set<String> CLOSE =
      Set.of("s3", "s3a", "s3p", "gs", "abfs", "abfss", "wasb", "wasbs", "oss", "cosn", "obs");

  /**
   * Checks them.
   *
   * @throws IllegalArgumentException on a value out of range, or a file system of which it is not
   *     known when a file is durable
   */
  public JournalOptions {
    require(!directory.isBlank(), "journal directory: empty");
    String scheme = scheme(directory);
    require(
        SYNC.contains(scheme) || CLOSE.contains(scheme),
        "journal directory "
            + directory
            + ": a journal can be in a local folder, on hdfs:// or an object store ("
            + String.join(", ", new TreeSet<>(CLOSE))
            + "); of others it is not known when what was written is durable");
    require(!flush.isNegative(), "journal flush: not negative");
    require(maxBytes >= 1L << 20, "journal size: 1 MB at least, not " + maxBytes + " bytes");
  }

  /** With {@link OlderState#REFUSE}. */
  public JournalOptions(String directory, Duration flush, long maxBytes) {
    this(directory, flush, maxBytes, OlderState.REFUSE);
  }

  /** The same, but for this. */
  public JournalOptions olderState(OlderState what) {
    return new JournalOptions(directory, flush, maxBytes, what);
  }

  /** How often to flush where nobody says. */
  public static Duration defaultFlush(String directory) {
    return CLOSE.contains(scheme(directory)) ? DEFAULT_OBJECT_FLUSH : DEFAULT_FLUSH;
  }

  /**
   * Of one session's journal, so that many small objects can still be listed: one for each 128 KB,
   * 8,192 by default. At 250 ms a flush these last for three checkpoints of eleven minutes.
   */
  int maxFiles() {
    return (int) Math.min(Math.max(maxBytes >> 17, LEAST_FILES), Integer.MAX_VALUE);
  }

  Durability durability() {
    return CLOSE.contains(scheme(directory)) ? Durability.CLOSE : Durability.SYNC;
  }

  private static String scheme(String directory) {
    String scheme = new Path(directory).toUri().getScheme();
    return scheme == null ? "file" : scheme;
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
