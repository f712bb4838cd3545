package io.motorwatch.source.mqtt.journal;

import java.io.IOException;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystem.WriteMode;
import org.apache.flink.core.fs.Path;

/** A segment that is written. For one thread. */
final class SegmentWriter implements AutoCloseable {

  private final SegmentFile file;
  private final FSDataOutputStream out;
  private long bytes;

  private SegmentWriter(SegmentFile file, FSDataOutputStream out) {
    this.file = file;
    this.out = out;
  }

  /** Makes the file, durable with its header. */
  static SegmentWriter create(FileSystem files, Path folder, int sequence, SegmentHeader header)
      throws IOException {
    Path path = new Path(folder, SegmentFile.name(header.epoch(), sequence, header.first()));
    SegmentFile file = new SegmentFile(path, header.epoch(), sequence, header.first(), 0);
    SegmentWriter writer = new SegmentWriter(file, files.create(path, WriteMode.NO_OVERWRITE));
    try {
      byte[] head = header.toBytes();
      writer.write(head, 0, head.length);
      writer.sync();
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

  /** Returns once all that was written is durable. */
  void sync() throws IOException {
    out.flush();
    out.sync();
  }

  SegmentFile file() {
    return file;
  }

  long bytes() {
    return bytes;
  }

  @Override
  public void close() throws IOException {
    out.close();
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
