package io.motorwatch.source.decode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file of signing keys ({@link SigningKeys}), read again after it has changed. The keys it had
 * when the job was made go along with the job: they are in force where the file is not, or cannot
 * be read. For one thread; Flink gives each subtask a copy.
 */
public final class KeyFile implements KeySource {

  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(KeyFile.class);

  /** Between two looks at the file, nanoseconds. */
  static final long LOOK_EVERY = 10_000_000_000L;

  private final String path;
  private SigningKeys keys;
  private long changedAt;
  private transient @Nullable LongSupplier nanoClock;
  private transient long lookedAt;

  private KeyFile(Path path, SigningKeys keys, long changedAt) {
    this.path = path.toString();
    this.keys = keys;
    this.changedAt = changedAt;
  }

  /**
   * Reads the file.
   *
   * @throws IOException if it cannot be read
   * @throws IllegalArgumentException naming the line that is at fault
   */
  public static KeyFile read(Path path) throws IOException {
    FileTime changed = Files.getLastModifiedTime(path);
    return new KeyFile(
        path.toAbsolutePath(), SigningKeys.parse(Files.readString(path)), changed.toMillis());
  }

  /** With a clock of one's own. */
  KeyFile withClock(LongSupplier nanos) {
    nanoClock = nanos;
    lookedAt = nanos.getAsLong();
    return this;
  }

  @Override
  public SigningKeys current() {
    LongSupplier clock = nanoClock;
    if (clock == null) {
      // The first use of a copy, at a restart perhaps long after the job was made.
      withClock(System::nanoTime);
      look();
      return keys;
    }
    long now = clock.getAsLong();
    if (now - lookedAt >= LOOK_EVERY) {
      lookedAt = now;
      look();
    }
    return keys;
  }

  private void look() {
    try {
      Path file = Path.of(path);
      long changed = Files.getLastModifiedTime(file).toMillis();
      if (changed != changedAt) {
        SigningKeys read = SigningKeys.parse(Files.readString(file));
        changedAt = changed;
        if (read.isEmpty() && !keys.isEmpty()) {
          // Perhaps about to be written. Without any key nobody's signature would be asked for.
          LOG.warn("{} holds no signing keys any more: those from before stay in force", path);
          return;
        }
        keys = read;
        LOG.info("The signing keys in {} have changed and are in force", path);
      }
    } catch (IOException e) {
      LOG.debug("The signing keys in {} cannot be read; those from before stay", path, e);
    } catch (IllegalArgumentException e) {
      LOG.warn("{}, {}: the signing keys from before stay in force", path, e.getMessage());
    }
  }
}
