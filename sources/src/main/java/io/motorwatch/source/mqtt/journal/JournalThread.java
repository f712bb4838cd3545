package io.motorwatch.source.mqtt.journal;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that does one thing in rounds, whenever it is asked to. Each session's journal is
 * written by one of its own, so that a folder that does not answer holds up no other. Safe for any
 * thread.
 */
public final class JournalThread {

  private static final Logger LOG = LoggerFactory.getLogger(JournalThread.class);

  /** What is to be done, all of it on this thread. */
  public interface Work {

    /**
     * Does it.
     *
     * @param nanos now, as {@link System#nanoTime}
     * @return when it is to be done again even if nobody asks, or {@link Long#MAX_VALUE}
     */
    long run(long nanos) throws Exception;

    /** The least time between the begin of the round before and that of the next, nanoseconds. */
    long pauseNanos();

    /** Behind the last round. */
    default void end() {}
  }

  private final Work work;
  private final Consumer<Throwable> onFailure;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Thread thread;
  private volatile boolean wanted;
  private boolean finishing;

  /**
   * It does nothing before it is started.
   *
   * @param onFailure called with what the work throws, which ends the thread
   */
  public JournalThread(String name, Work work, Consumer<Throwable> onFailure) {
    this.work = work;
    this.onFailure = onFailure;
    this.thread = new Thread(this::run, name);
    thread.setDaemon(true);
  }

  /** Starts it, if nobody has yet, and asks for a round. */
  public void start() {
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
      long begun = System.nanoTime() - work.pauseNanos();
      long due = Long.MAX_VALUE;
      boolean last = false;
      while (!last) {
        last = await(begun + work.pauseNanos(), due);
        begun = System.nanoTime();
        due = work.run(begun);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Throwable e) {
      LOG.error("The journals of this task are not written any more", e);
      onFailure.accept(e);
    } finally {
      work.end();
    }
  }

  /** Returns whether it is the last round. */
  private boolean await(long notBefore, long due) throws InterruptedException {
    lock.lock();
    try {
      while (!finishing) {
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
      return finishing;
    } finally {
      lock.unlock();
    }
  }

  /** Asks for a last round. Never blocks for the disk. */
  public void finish() {
    lock.lock();
    try {
      finishing = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for the end after {@link #finish}; interrupts the thread if it does not come.
   *
   * @param deadline on the clock of {@link System#nanoTime}
   * @return whether it has ended
   */
  public boolean awaitEnd(long deadline) throws InterruptedException {
    // 0 would wait indefinitely.
    thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
    if (thread.isAlive()) {
      thread.interrupt();
      return false;
    }
    return true;
  }
}
