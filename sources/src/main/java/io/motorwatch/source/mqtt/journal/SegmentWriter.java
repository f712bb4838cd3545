package io.motorwatch.source.mqtt.journal;

import java.io.IOException;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.Path;

/** A segment that is written. For one thread. */
final class SegmentWriter implements AutoCloseable {

  private final SegmentFile file;
  private final FSDataOutputStream out;
  private final Durability durability;
  private boolean closed;
  private long bytes;

  private SegmentWriter(SegmentFile file, FSDataOutputStream out, Durability durability) {
    this.file = file;
    this.out = out;
    this.durability = durability;
  }

  /** Makes the file and writes its header, which the first {@link #commit} makes durable. */
  static SegmentWriter create(JournalFolder folder, int sequence, SegmentHeader header)
      throws IOException {
    String name = SegmentFile.name(header.epoch(), sequence, header.first());
    Path path = new Path(folder.path(), name);
    SegmentFile file = new SegmentFile(path, header.epoch(), sequence, header.first(), 0);
    SegmentWriter writer = new SegmentWriter(file, folder.create(path), folder.durability());
    try {
      byte[] head = header.toBytes();
      writer.write(head, 0, head.length);
    } catch (IOException e) {
      writer.closeQuietly(e);
      throw e;
    }
    return writer;
  }

  void write(byte[] from, int offset, int length) throws IOException {
    out.write(from, offset, length);
    bytes += length;
  }

  /** Returns once all that was written is durable. On an object store that is the end of it. */
  void commit() throws IOException {
    closed = durability == Durability.CLOSE;
    durability.commit(out);
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
