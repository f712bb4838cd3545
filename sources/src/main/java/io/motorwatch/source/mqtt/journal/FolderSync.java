package io.motorwatch.source.mqtt.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the names of the files in a folder durable. A sync of a local file promises that of its
 * bytes alone: without this, a power failure may take the file. May block for the disk.
 */
interface FolderSync {

  Logger LOG = LoggerFactory.getLogger(FolderSync.class);

  /**
   * Returns once all names that are in the folder now are durable.
   *
   * @throws IOException if the disk refuses that
   */
  void syncNames(Path folder) throws IOException;

  /** As this file system needs it: on others than local ones, a file's sync includes its name. */
  static FolderSync of(FileSystem files, Durability durability) {
    if (files instanceof FolderSync own) {
      return own;
    }
    boolean local = "file".equals(files.getUri().getScheme());
    return local && durability == Durability.SYNC ? FolderSync::syncLocal : folder -> {};
  }

  private static void syncLocal(Path folder) throws IOException {
    java.nio.file.Path local = java.nio.file.Path.of(folder.toUri().getPath());
    try (FileChannel directory = FileChannel.open(local, StandardOpenOption.READ)) {
      directory.force(true);
    } catch (AccessDeniedException e) {
      // Windows opens no folders; nor does a folder above that may only be passed through.
    } catch (NoSuchFileException e) {
      throw new IOException("the folder " + folder + " is not there any more", e);
    } catch (IOException e) {
      // Some network shares have no such thing, and say so in the words of the system's language.
      // A disk that fails is found by the sync of the file itself.
      LOG.debug("names in {} are not synced", folder, e);
    }
  }
}
