package io.motorwatch.tools.cluster;

import io.motorwatch.jobs.config.ConfigException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The state folder of a job in this process: made when missing, of one deployment only, and used by
 * one process at a time. Two that share one would go on from each other's checkpoints.
 */
public final class StateFolder implements AutoCloseable {

  /** Its content is the client-id prefix of the deployment the state is of. */
  private static final String OWNER = "client-id-prefix";

  private static final String LOCK = "in-use.lock";

  /** The newest of a finished run is what the next one needs; two more are for people. */
  private static final int KEPT = 3;

  private final Path folder;
  private final FileChannel channel;
  private final FileLock lock;

  private StateFolder(Path folder, FileChannel channel, FileLock lock) {
    this.folder = folder;
    this.channel = channel;
    this.lock = lock;
  }

  /**
   * Takes the folder for this process.
   *
   * @param clientIdPrefix what no two deployments at a broker share
   * @throws ConfigException if it cannot be made or written, another process has it, or it holds
   *     the state of another deployment; with what to do
   */
  public static StateFolder open(Path folder, String clientIdPrefix) throws ConfigException {
    try {
      Files.createDirectories(folder);
      FileChannel channel =
          FileChannel.open(
              folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = lock(channel);
      if (lock == null) {
        channel.close();
        throw new ConfigException(
            "checkpoint.dir: "
                + folder
                + " is in use by another motorwatch: end that one, or give this one a checkpoint.dir"
                + " and a mqtt.client-id-prefix of its own");
      }
      StateFolder taken = new StateFolder(folder, channel, lock);
      taken.claim(clientIdPrefix);
      return taken;
    } catch (IOException e) {
      throw new ConfigException(
          "checkpoint.dir: cannot write to "
              + folder
              + " ("
              + e
              + "): set checkpoint.dir to a folder of yours, or keep nothing (--no-state)");
    }
  }

  /**
   * Whether a job elsewhere may go on from this folder.
   *
   * @throws ConfigException if a process of this machine uses it, or it is another deployment's
   */
  public static void check(Path folder, String clientIdPrefix) throws ConfigException {
    if (!Files.isWritable(folder)) {
      return; // It is the cluster's alone.
    }
    try {
      open(folder, clientIdPrefix).close();
    } catch (IOException e) {
      throw new ConfigException("checkpoint.dir: cannot read " + folder + " (" + e + ")");
    }
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      // By this very process.
      return null;
    }
  }

  private void claim(String clientIdPrefix) throws IOException, ConfigException {
    Path owner = folder.resolve(OWNER);
    if (Files.exists(owner)) {
      String prefix = Files.readString(owner).strip();
      if (!prefix.equals(clientIdPrefix)) {
        close();
        throw new ConfigException(
            "checkpoint.dir: "
                + folder
                + " holds the state of the deployment with mqtt.client-id-prefix '"
                + prefix
                + "', and this one has '"
                + clientIdPrefix
                + "': give each a checkpoint.dir of its own; if it was renamed, delete "
                + owner);
      }
    }
    Files.write(owner, clientIdPrefix.getBytes(StandardCharsets.UTF_8));
  }

  /** Removes what earlier runs left beyond the newest three; not while a job runs in it. */
  public void prune() throws IOException {
    CheckpointFolder.prune(folder, KEPT);
  }

  @Override
  public void close() throws IOException {
    lock.release();
    channel.close();
  }
}
