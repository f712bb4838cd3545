package io.motorwatch.source.mqtt.journal;

import java.io.IOException;
import org.apache.flink.core.fs.FSDataOutputStream;

/** How a file system makes durable what was written. */
enum Durability {
  /** A file while it is written, by a sync: many flushes go into one file. */
  SYNC {
    @Override
    void commit(FSDataOutputStream out) throws IOException {
      out.flush();
      out.sync();
    }
  },

  /** A file as a whole, when it is closed, as object stores do: each flush makes one. */
  CLOSE {
    @Override
    void commit(FSDataOutputStream out) throws IOException {
      out.close();
    }
  };

  /** Returns once it is durable. */
  abstract void commit(FSDataOutputStream out) throws IOException;
}
