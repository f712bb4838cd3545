package io.motorwatch.source.mqtt.reader;

import io.motorwatch.source.mqtt.journal.JournalRecord;
import io.motorwatch.source.mqtt.journal.JournalStore;
import io.motorwatch.source.mqtt.journal.JournalStore.Replayed;
import io.motorwatch.source.mqtt.metrics.MqttSourceMetrics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replays a session's journal behind its first connect, and lets no message of the network pass
 * before. By then no former connection of this client id can acknowledge anything, so what is read
 * is all that was acknowledged. Reads on a thread of its own.
 */
final class JournalGate implements SessionGate {

  /** What the session does with its journal. */
  interface Plan {

    /** Null if there is none to be had. */
    @Nullable JournalStore store() throws IOException;

    /** All is handed over; on the gate's thread, before anything passes. */
    void replayed(JournalStore store, Replayed replayed) throws IOException;

    /** Whether the job can take more. */
    boolean hasRoom();
  }

  private static final Logger LOG = LoggerFactory.getLogger(JournalGate.class);

  private static final long IDLE_SECONDS = 5;

  private final String sessionId;
  private final long position;
  private final Plan plan;
  private final MessageHandover handover;
  private final MqttSourceMetrics metrics;
  private final ExecutorService thread;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private @Nullable SessionConnection open;

  /** Null before it is claimed. */
  private volatile @Nullable JournalStore store;

  /** Since when the folder has been asked for something; of the clock of nanoTime. */
  private volatile @Nullable Long askedAt;

  /** A few in a session's life. */
  private final List<Thread> tidying = new CopyOnWriteArrayList<>();

  /** Of the gate's thread. */
  private boolean replayed;

  /**
   * @param position the state's
   */
  JournalGate(
      String sessionId,
      long position,
      Plan plan,
      MessageHandover handover,
      MqttSourceMetrics metrics) {
    this.sessionId = sessionId;
    this.position = position;
    this.plan = plan;
    this.handover = handover;
    this.metrics = metrics;
    ThreadPoolExecutor one =
        new ThreadPoolExecutor(
            1,
            1,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            threads("mqtt-journal-read-" + sessionId));
    // It has next to nothing to do once all is read.
    one.allowCoreThreadTimeOut(true);
    this.thread = one;
  }

  /** What is to be done with the store. */
  interface StoreAction {
    void run(JournalStore own) throws IOException, InterruptedException;
  }

  private interface Action {
    void run() throws IOException, InterruptedException;
  }

  /** Runs it on the gate's thread. */
  private CompletableFuture<Void> run(Action action) {
    try {
      return onThread(action);
    } catch (RejectedExecutionException e) {
      // The session is closed.
      LOG.trace("after close", e);
      return CompletableFuture.completedFuture(null);
    }
  }

  private CompletableFuture<Void> onThread(Action action) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            action.run();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
          }
        },
        thread);
  }

  @Override
  public CompletableFuture<Void> prepare() {
    return run(
        () -> {
          askedAt = System.nanoTime();
          JournalStore found = plan.store();
          if (found != null) {
            found.claim();
          }
          askedAt = null;
          store = found;
        });
  }

  @Override
  public CompletableFuture<Void> connected(SessionConnection which) {
    return run(
        () -> {
          JournalStore own = store;
          if (own != null) {
            askedAt = System.nanoTime();
            own.check();
            askedAt = null;
            if (!replayed) {
              replay(own);
              replayed = true;
            }
          }
          openFor(which);
        });
  }

  private void replay(JournalStore own) throws IOException, InterruptedException {
    askedAt = System.nanoTime();
    Replayed result = own.replay(position, this::handOver);
    metrics.journalLost(result.lost());
    askedAt = System.nanoTime();
    plan.replayed(own, result);
    askedAt = null;
  }

  private void handOver(JournalRecord journalRecord) throws InterruptedException {
    // That it waits for the job is not the disk's.
    askedAt = null;
    handover.putReplayed(ReceivedMessage.replayed(sessionId, journalRecord));
    metrics.journalReplayed();
    askedAt = System.nanoTime();
  }

  private void openFor(SessionConnection which) {
    lock.lock();
    try {
      open = which;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Does something with the journal in the background. Also for a session that has ended: a reader
   * whose sessions all have closes them, and goes on.
   */
  void later(StoreAction action) {
    JournalStore own = store;
    if (own != null) {
      Thread thread = threads("mqtt-journal-tidy-" + sessionId).newThread(() -> tidy(own, action));
      tidying.add(thread);
      thread.start();
    }
  }

  /** Waits for what is done {@link #later}; until then at most, on the clock of nanoTime. */
  void awaitTidied(long deadline) throws InterruptedException {
    for (Thread thread : tidying) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left > 0) {
        thread.join(left);
      }
    }
  }

  private void tidy(JournalStore own, StoreAction action) {
    try {
      action.run(own);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      LOG.warn("Cannot tidy the journal of session {}: {}", sessionId, e.toString());
    }
  }

  private static ThreadFactory threads(String name) {
    return action -> {
      Thread daemon = new Thread(action, name);
      daemon.setDaemon(true);
      return daemon;
    };
  }

  /** Says so where the folder does not answer, without which no connection's messages may pass. */
  void watch(long nanos, Duration limit) {
    Long since = askedAt;
    if (since != null && nanos - since >= limit.toNanos()) {
      askedAt = null;
      LOG.warn(
          "The disk of the journal of session {} has not answered for {} s. The session connected"
              + " or is to connect, and is not read before it does. Check the disk or network"
              + " share.",
          sessionId,
          limit.toSeconds());
    }
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // connections differ by identity
  public void pass(SessionConnection which) throws InterruptedException {
    lock.lock();
    try {
      while (which.current() && !(open == which && plan.hasRoom())) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void changed() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
    changed();
  }
}
