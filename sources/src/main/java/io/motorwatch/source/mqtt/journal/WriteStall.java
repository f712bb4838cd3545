package io.motorwatch.source.mqtt.journal;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.flink.core.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the disk of a journal answers, and what the person reads of it: a network share that is
 * away lets a write neither succeed nor fail. For one thread at a time.
 */
final class WriteStall {

  private static final Logger LOG = LoggerFactory.getLogger(WriteStall.class);

  private final String sessionId;
  private final Path folder;
  private boolean busy;
  private boolean stalled;
  private long since;

  WriteStall(String sessionId, Path folder) {
    this.sessionId = sessionId;
    this.folder = folder;
  }

  /** The disk is asked for something. */
  void begun(long nanos) {
    busy = true;
    since = nanos;
  }

  /** It has answered, one way or the other. */
  void ended() {
    busy = false;
    if (stalled) {
      stalled = false;
      LOG.info("The disk of the journal of session {} answers again", sessionId);
    }
  }

  /** Looks whether it has been asked for longer than this; the answer stands until it answers. */
  boolean check(long nanos, Duration limit) {
    if (busy && !stalled && nanos - since >= limit.toNanos()) {
      stalled = true;
      LOG.warn(
          "The disk does not answer: a write of the journal of session {} in {} has taken {} s so"
              + " far. Until it returns, the session's messages are acknowledged once a checkpoint"
              + " holds them; nothing is lost, but a broker with a small window sends fewer. Check"
              + " the disk or network share.",
          sessionId,
          folder,
          TimeUnit.NANOSECONDS.toSeconds(nanos - since));
    }
    return stalled;
  }

  /** What {@link #check} found last. */
  boolean stalled() {
    return stalled;
  }
}
