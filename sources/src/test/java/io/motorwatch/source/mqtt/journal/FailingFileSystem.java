package io.motorwatch.source.mqtt.journal;

import java.io.IOException;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.local.LocalFileSystem;

/** The local file system with a disk that fills up: what still fits is written, in part. */
final class FailingFileSystem extends LocalFileSystem {

  /** Bytes that still fit. */
  long room = Long.MAX_VALUE;

  @Override
  public FSDataOutputStream create(Path path, WriteMode overwrite) throws IOException {
    return new ForwardingOutput(super.create(path, overwrite)) {
      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        int fits = (int) Math.min(length, room);
        super.write(bytes, offset, fits);
        room -= fits;
        if (fits < length) {
          throw new IOException("No space left on device");
        }
      }
    };
  }
}
