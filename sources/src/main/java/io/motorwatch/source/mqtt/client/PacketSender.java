package io.motorwatch.source.mqtt.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Sends packets on a thread of its own, and a ping whenever it has been silent for the keep-alive:
 * neither a task that acknowledges nor a reader that is held up can starve the connection.
 */
final class PacketSender {

  private final OutputStream out;
  private final long pauseNanos;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private ByteArrayOutputStream waiting = new ByteArrayOutputStream();
  private boolean last;
  private boolean stopped;
  private long pings;

  PacketSender(OutputStream out, Duration keepAlive) {
    this.out = out;
    // Half of it, so that one late ping does no harm.
    this.pauseNanos = Math.max(1, keepAlive.toNanos() / 2);
  }

  /** Leaves a packet to the sending thread. Never blocks for the network. */
  void send(byte[] packet) {
    lock.lock();
    try {
      if (!last) {
        waiting.write(packet, 0, packet.length);
        changed.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Sends a ping behind what was sent before; its number, from 1. */
  long ping() {
    lock.lock();
    try {
      send(PacketEncoder.PINGREQ_PACKET);
      return ++pings;
    } finally {
      lock.unlock();
    }
  }

  /** Sends a last packet behind all others; the sending thread then ends. */
  void sendLast(byte[] packet) {
    lock.lock();
    try {
      send(packet);
      last = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Lets the sending thread end at once. */
  void stop() {
    lock.lock();
    try {
      stopped = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** The sending thread's work; returns after the last packet, or when stopped. */
  void run() throws IOException, InterruptedException {
    while (true) {
      byte[] batch;
      boolean end;
      lock.lock();
      try {
        long left = pauseNanos;
        while (waiting.size() == 0 && !last && !stopped && left > 0) {
          left = changed.awaitNanos(left);
        }
        if (stopped) {
          return;
        }
        end = last;
        if (waiting.size() == 0 && !end) {
          ping();
        }
        batch = waiting.toByteArray();
        waiting = new ByteArrayOutputStream();
      } finally {
        lock.unlock();
      }
      out.write(batch);
      out.flush();
      if (end) {
        return;
      }
    }
  }
}
