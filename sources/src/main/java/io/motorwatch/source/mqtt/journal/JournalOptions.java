package io.motorwatch.source.mqtt.journal;

import java.io.Serializable;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import org.apache.flink.core.fs.Path;

/**
 * Where and how sessions keep their journals.
 *
 * @param directory of all journals, a path or a URI of {@code file:} or {@code hdfs:}; each session
 *     has a folder in it, which every task that may read the session must find there
 * @param flush the least time between the begins of two flushes, 0 or more
 * @param maxBytes of one session's journal; beyond, nothing more is written until a checkpoint
 *     frees some
 * @param olderState what to do with a state older than what a journal keeps
 */
public record JournalOptions(String directory, Duration flush, long maxBytes, OlderState olderState)
    implements Serializable {

  public static final Duration DEFAULT_FLUSH = Duration.ofMillis(5);

  public static final long DEFAULT_MAX_BYTES = 1L << 30;

  private static final Set<String> DURABLE = Set.of("file", "hdfs", "viewfs");

  /**
   * Checks them.
   *
   * @throws IllegalArgumentException on a value out of range, or a file system whose sync is not
   *     durable
   */
  public JournalOptions {
    require(!directory.isBlank(), "journal directory: empty");
    URI uri = new Path(directory).toUri();
    require(
        uri.getScheme() == null || DURABLE.contains(uri.getScheme()),
        "journal directory "
            + directory
            + ": a journal needs files that a sync makes durable while they are written, which is"
            + " so with local folders and hdfs:// only");
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

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
