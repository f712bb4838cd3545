package io.motorwatch.source.mqtt.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Makes a stream of the messages of a WebSocket, and asks for one more when one is read. */
final class WebSocketInput implements WebSocket.Listener {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Stream stream = new Stream();
  private Duration timeout;
  private @Nullable ByteBuffer message;
  private @Nullable WebSocket socket;
  private @Nullable IOException failure;
  private boolean ended;

  WebSocketInput(Duration timeout) {
    this.timeout = timeout;
  }

  InputStream stream() {
    return stream;
  }

  void timeout(Duration timeout) {
    change(() -> this.timeout = timeout);
  }

  void close() {
    change(() -> ended = true);
  }

  private void change(Runnable action) {
    lock.lock();
    try {
      action.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void onOpen(WebSocket opened) {
    change(() -> socket = opened);
    opened.request(1);
  }

  @Override
  public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
    // The client may use the buffer again.
    ByteBuffer copy = ByteBuffer.allocate(data.remaining()).put(data).flip();
    change(() -> message = copy);
    return null;
  }

  /** MQTT is binary. */
  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    change(() -> failure = new IOException("the broker sent text, which is not MQTT"));
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
    change(() -> ended = true);
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    change(() -> failure = error instanceof IOException cause ? cause : new IOException(error));
  }

  private final class Stream extends InputStream {

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      lock.lock();
      try {
        ByteBuffer from = await();
        if (from == null) {
          return -1;
        }
        int count = Math.min(length, from.remaining());
        from.get(into, offset, count);
        if (!from.hasRemaining()) {
          next();
        }
        return count;
      } finally {
        lock.unlock();
      }
    }

    /**
     * What has come before the end is read before the end is reported. As with a socket an
     * interrupt ends nothing: the broker's DISCONNECT must still be read.
     */
    private @Nullable ByteBuffer await() throws IOException {
      boolean interrupted = false;
      try {
        long end = System.nanoTime() + timeout.toNanos();
        while (true) {
          try {
            return awaitUntil(end);
          } catch (InterruptedException e) {
            interrupted = true;
          }
        }
      } finally {
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }

    private @Nullable ByteBuffer awaitUntil(long end) throws IOException, InterruptedException {
      long left = end - System.nanoTime();
      while (message == null || !message.hasRemaining()) {
        if (message != null) {
          next();
        } else if (failure != null) {
          throw failure;
        } else if (ended) {
          return null;
        } else if (left <= 0) {
          throw new SocketTimeoutException("nothing came");
        } else {
          left = changed.awaitNanos(left);
        }
      }
      return message;
    }

    private void next() {
      message = null;
      if (socket != null) {
        socket.request(1);
      }
    }
  }
}
