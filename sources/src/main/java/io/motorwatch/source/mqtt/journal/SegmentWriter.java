package io.motorwatch.source.mqtt.journal;

import java.io.IOException;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.Path;

/** A segment that is written. For one thread. */
final class SegmentWriter implements AutoCloseable {

  private final SegmentFile file;
  private final FSDataOutputStream out;
  private final JournalFolder folder;
  private boolean named;
  private boolean closed;
  private long bytes;

  private SegmentWriter(SegmentFile file, FSDataOutputStream out, JournalFolder folder) {
    this.file = file;
    this.out = out;
    this.folder = folder;
  }

  /** Makes the file and writes its header, which the first {@link #commit} makes durable. */
  static SegmentWriter create(JournalFolder folder, int sequence, SegmentHeader header)
      throws IOException {
    String name = SegmentFile.name(header.epoch(), sequence, header.first());
    Path path = new Path(folder.path(), name);
    SegmentFile file = new SegmentFile(path, header.epoch(), sequence, header.first(), 0);
    SegmentWriter writer = new SegmentWriter(file, folder.create(path), folder);
    try {
      byte[] head = header.toBytes();
      writer.write(head, 0, head.length);
    } catch (IOException e) {
      writer.closeQuietly(e);
      removeQuietly(folder, file, e);
      throw e;
    }
    return writer;
  }

  /** Nobody knows of it yet, and on a full disk each try would leave one. */
  private static void removeQuietly(JournalFolder folder, SegmentFile file, IOException failure) {
    try {
      folder.delete(file);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  void write(byte[] from, int offset, int length) throws IOException {
    out.write(from, offset, length);
    bytes += length;
  }

  /** Returns once all that was written is durable. On an object store that is the end of it. */
  void commit() throws IOException {
    closed = folder.durability() == Durability.CLOSE;
    folder.durability().commit(out);
    if (!named) {
      folder.syncNames();
      named = true;
    }
  }

  /** Whether nothing can be added. */
  boolean closed() {
    return closed;
  }

  SegmentFile file() {
    return file;
  }

  long bytes() {
    return bytes;
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      out.close();
    }
  }

  /** After a failure, which counts. */
  void closeQuietly(IOException failure) {
    try {
      close();
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }
}
