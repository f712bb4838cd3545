package io.motorwatch.source.mqtt.journal;

import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.local.LocalFileSystem;

/**
 * As an object store: there is nothing of an object before its close, which may replace another
 * one; it cannot be synchronised; there are no folders. Objects are local files, to be looked at.
 */
public final class ObjectStoreFileSystem extends LocalFileSystem {

  /** Where the objects of a folder are. */
  public static String uri(java.nio.file.Path folder) {
    return "s3://bucket" + folder.toAbsolutePath();
  }

  /** How many objects were written, and how often one asked what there is. */
  int written;

  int listed;

  /** Done once, before the next object is there. */
  Runnable beforeNext = () -> {};

  private java.nio.file.Path local(Path path) {
    return pathToFile(path).toPath();
  }

  @Override
  public boolean mkdirs(Path path) {
    return true;
  }

  @Override
  public boolean exists(Path path) {
    return Files.isRegularFile(local(path));
  }

  @Override
  public FileStatus[] listStatus(Path path) throws IOException {
    listed++;
    while (Files.isDirectory(local(path))) {
      try {
        return super.listStatus(path);
      } catch (FileNotFoundException e) {
        // One was deleted meanwhile, which a store's listing does not notice.
      }
    }
    throw new FileNotFoundException(path.toString());
  }

  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    return pathToFile(path).exists() && super.delete(path, recursive);
  }

  @Override
  public FSDataOutputStream create(Path path, WriteMode overwrite) {
    java.nio.file.Path target = local(path);
    return new FSDataOutputStream() {
      private final ByteArrayOutputStream content = new ByteArrayOutputStream();
      private boolean closed;

      @Override
      public long getPos() {
        return content.size();
      }

      @Override
      public void write(int b) {
        content.write(b);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) {
        content.write(bytes, offset, length);
      }

      @Override
      public void flush() {}

      @Override
      public void sync() {
        throw new UnsupportedOperationException("S3 streams are not syncable");
      }

      @Override
      public void close() throws IOException {
        if (!closed) {
          closed = true;
          put(content.toByteArray());
        }
      }

      private void put(byte[] bytes) throws IOException {
        Runnable before = beforeNext;
        beforeNext = () -> {};
        before.run();
        written++;
        Files.createDirectories(target.getParent());
        java.nio.file.Path fresh = Files.createTempFile("object", "");
        Files.write(fresh, bytes);
        Files.move(fresh, target, StandardCopyOption.REPLACE_EXISTING);
      }
    };
  }
}
