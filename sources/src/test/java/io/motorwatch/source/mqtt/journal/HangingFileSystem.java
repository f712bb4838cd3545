package io.motorwatch.source.mqtt.journal;

import java.io.IOException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.local.LocalFileSystem;

/** The local file system on a disk that does not answer for a while, as a share that is away. */
public final class HangingFileSystem extends LocalFileSystem {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean hangs;
  private int waiting;

  /** Until {@link #answer}, no write and no sync returns, interrupted or not. */
  public void hang() {
    lock.lock();
    try {
      hangs = true;
    } finally {
      lock.unlock();
    }
  }

  public void answer() {
    lock.lock();
    try {
      hangs = false;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Blocks until somebody waits for the disk. */
  void awaitWriter() throws InterruptedException {
    lock.lock();
    try {
      while (waiting == 0) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  private void access() {
    lock.lock();
    try {
      waiting++;
      changed.signalAll();
      while (hangs) {
        changed.awaitUninterruptibly();
      }
      waiting--;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public FSDataOutputStream create(Path path, WriteMode overwrite) throws IOException {
    return new ForwardingOutput(super.create(path, overwrite)) {
      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        access();
        super.write(bytes, offset, length);
      }

      @Override
      public void sync() throws IOException {
        access();
        super.sync();
      }
    };
  }
}
