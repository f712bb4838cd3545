package io.motorwatch.source.mqtt.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.local.LocalFileSystem;

/**
 * The local file system of a machine whose power fails: bytes that were not synchronised are gone,
 * and files whose names were not. Names and bytes are synchronised each on their own. What was
 * deleted stays so. Safe for any thread.
 */
public final class CrashingFileSystem extends LocalFileSystem implements FolderSync {

  /** What of a file is there after a failure. */
  private static final class Kept {
    private long bytes;
    private boolean name;
  }

  private final Map<java.nio.file.Path, Kept> files = new HashMap<>();
  private boolean off;

  /** From now on nothing is written, and what was not durable is gone. */
  public synchronized void crash() throws IOException {
    off = true;
    for (Map.Entry<java.nio.file.Path, Kept> file : files.entrySet()) {
      if (!file.getValue().name) {
        Files.deleteIfExists(file.getKey());
      } else if (Files.exists(file.getKey())) {
        try (FileChannel content = FileChannel.open(file.getKey(), StandardOpenOption.WRITE)) {
          content.truncate(file.getValue().bytes);
        }
      }
    }
  }

  private void checkOn() throws IOException {
    if (off) {
      throw new IOException("the machine is off");
    }
  }

  @Override
  public synchronized void syncNames(Path folder) throws IOException {
    checkOn();
    java.nio.file.Path local = pathToFile(folder).toPath();
    files.forEach((file, kept) -> kept.name |= file.getParent().equals(local));
  }

  @Override
  public synchronized boolean mkdirs(Path path) throws IOException {
    checkOn();
    return super.mkdirs(path);
  }

  @Override
  public synchronized boolean delete(Path path, boolean recursive) throws IOException {
    checkOn();
    return super.delete(path, recursive);
  }

  @Override
  public synchronized FSDataOutputStream create(Path path, WriteMode overwrite) throws IOException {
    checkOn();
    FSDataOutputStream out = super.create(path, overwrite);
    Kept kept = new Kept();
    files.put(pathToFile(path).toPath(), kept);
    return new ForwardingOutput(out) {
      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        synchronized (CrashingFileSystem.this) {
          checkOn();
          super.write(bytes, offset, length);
        }
      }

      @Override
      public void sync() throws IOException {
        synchronized (CrashingFileSystem.this) {
          checkOn();
          kept.bytes = getPos();
        }
      }
    };
  }
}
