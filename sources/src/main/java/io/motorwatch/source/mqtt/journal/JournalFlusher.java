package io.motorwatch.source.mqtt.journal;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread that writes the journals of a reader. Safe for any thread. */
public final class JournalFlusher implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(JournalFlusher.class);

  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

  /** What is to be done for one session. */
  public interface Work {

    /**
     * Does it, on the flusher's thread.
     *
     * @param nanos now, as {@link System#nanoTime}
     * @return when it is to be done again even if nobody asks, or {@link Long#MAX_VALUE}
     */
    long run(long nanos) throws Exception;
  }

  private final long pauseNanos;
  private final Consumer<Throwable> onFailure;
  private final List<Work> works = new CopyOnWriteArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Thread thread = new Thread(this::run, "mqtt-journal-flush");
  private volatile boolean wanted;
  private boolean closed;

  /**
   * Its thread starts with the first work, so that a reader without sessions has nothing to close.
   *
   * @param pause the least time between the begins of two rounds
   * @param onFailure called with what a work throws, which ends the thread
   */
  public JournalFlusher(Duration pause, Consumer<Throwable> onFailure) {
    this.pauseNanos = pause.toNanos();
    this.onFailure = onFailure;
    thread.setDaemon(true);
  }

  /** Not after the close. */
  public void add(Work work) {
    works.add(work);
    lock.lock();
    try {
      if (thread.getState() == Thread.State.NEW) {
        thread.start();
      }
    } finally {
      lock.unlock();
    }
    wake();
  }

  public void remove(Work work) {
    works.remove(work);
  }

  /** Asks for a round. Never blocks for the disk. */
  public void wake() {
    if (wanted) {
      // The round that is to come sees what the caller did before.
      return;
    }
    lock.lock();
    try {
      if (!wanted) {
        wanted = true;
        changed.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    try {
      long begun = System.nanoTime() - pauseNanos;
      long due = Long.MAX_VALUE;
      while (true) {
        boolean last = await(begun + pauseNanos, due);
        begun = System.nanoTime();
        due = Long.MAX_VALUE;
        for (Work work : works) {
          due = Math.min(due, work.run(begun));
        }
        if (last) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Throwable e) {
      LOG.error("The journals of this task are not written any more", e);
      onFailure.accept(e);
    }
  }

  /** Returns whether it is the last round. */
  private boolean await(long notBefore, long due) throws InterruptedException {
    lock.lock();
    try {
      while (!closed) {
        long now = System.nanoTime();
        long left = wanted || due <= now ? notBefore - now : Math.max(due - now, notBefore - now);
        if ((wanted || due <= now) && left <= 0) {
          break;
        }
        if (due == Long.MAX_VALUE && !wanted) {
          changed.await();
        } else {
          changed.awaitNanos(left);
        }
      }
      wanted = false;
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /** Does a last round, and ends the thread; waits for it, 10 s at most. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
    try {
      thread.join(CLOSE_LIMIT.toMillis());
      if (thread.isAlive()) {
        LOG.warn("The disk of the journals does not answer: closing without a last flush");
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
