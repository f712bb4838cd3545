package io.motorwatch.source.mqtt.reader;

import io.motorwatch.mqtt.ConnectProblem;
import io.motorwatch.mqtt.RefusedException;
import io.motorwatch.source.mqtt.journal.JournalTakenException;
import io.motorwatch.source.mqtt.journal.OlderStateException;
import io.motorwatch.source.mqtt.metrics.MqttSourceMetrics;
import io.motorwatch.source.mqtt.split.MqttSessionSplit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one broker session connected: subscribes, reconnects with a fresh {@link SessionConnection}
 * each time, and distinguishes the causes of trouble. What waiting cannot cure fails the task
 * through the handover.
 *
 * <p>All changes happen on the scheduler's one thread; the getters are for any thread.
 */
final class MqttSession {

  private static final Logger LOG = LoggerFactory.getLogger(MqttSession.class);

  private static final String ADVICE =
      ". Mend that. Another place (mqtt.journal.dir) has none of the messages acknowledged since the"
          + " last checkpoint";

  private final MqttSessionSplit split;
  private final SessionOptions options;
  private final MessageHandover handover;
  private final MqttSourceMetrics metrics;
  private final SessionScheduler scheduler;
  private final SessionGate gate;
  private final ReconnectStrategy reconnects;
  private final SilentSubscriptionMonitor quiet;

  private volatile @Nullable SessionConnection connection;
  private volatile boolean established;
  private boolean connected;
  private boolean subscribed;
  private boolean connectedBefore;

  private boolean closed;

  /** Of the gate: done once the journal's messages are handed over. */
  private CompletableFuture<Void> through = CompletableFuture.completedFuture(null);

  MqttSession(
      MqttSessionSplit split,
      SessionOptions options,
      MessageHandover handover,
      MqttSourceMetrics metrics,
      SessionScheduler scheduler,
      SessionGate gate) {
    this.split = split;
    this.options = options;
    this.handover = handover;
    this.metrics = metrics;
    this.scheduler = scheduler;
    this.gate = gate;
    this.reconnects = new ReconnectStrategy(split.clientId(), options);
    this.quiet =
        new SilentSubscriptionMonitor(scheduler, SilentSubscriptionMonitor.WAIT, LOG::warn);
  }

  void start() {
    var unused =
        gate.prepare()
            .whenComplete(
                (nothing, problem) ->
                    scheduler.execute(
                        () -> {
                          if (problem == null) {
                            connect();
                          } else {
                            journalFailed(problem);
                          }
                        }));
  }

  private void connect() {
    if (closed) {
      return;
    }
    SessionConnection fresh =
        new SessionConnection(
            split,
            options,
            reconnects.protocol(),
            handover,
            gate,
            (which, cause) -> scheduler.execute(() -> ended(which, cause)));
    connection = fresh;
    // A failure comes by way of ended.
    var unused =
        fresh.connect().thenAccept(resumed -> scheduler.execute(() -> connected(fresh, resumed)));
  }

  private void connected(SessionConnection which, boolean resumed) {
    if (which != connection) {
      return;
    }
    connected = true;
    reconnects.connected();
    metrics.connected();
    if (connectedBefore) {
      metrics.reconnected();
    }
    connectedBefore = true;
    if (resumed) {
      // All unacknowledged comes again; without this each reconnect of a job that is held up
      // would add another window to the queue.
      handover.dropStale(split.splitId());
    } else if ((split.established() || established) && !split.draining()) {
      metrics.sessionLost();
      LOG.warn(
          "SESSION LOST: {} no longer holds the session of client {}. Messages published since it"
              + " was connected last are lost if nobody else keeps them. Check the broker's"
              + " persistence and session expiry.",
          options.broker(),
          split.clientId());
    }
    letThrough(which);
    var unused =
        which
            .subscribe(!(established && resumed))
            .thenCompose(nothing -> unsubscribeFormer(which))
            .whenComplete(
                (subAck, problem) ->
                    scheduler.execute(
                        () -> {
                          if (problem == null) {
                            subscribed(which, resumed);
                          } else {
                            subscribeFailed(which, problem);
                          }
                        }));
  }

  private void letThrough(SessionConnection which) {
    through = gate.connected(which);
    var unused =
        through.exceptionally(
            problem -> {
              scheduler.execute(() -> journalFailed(problem));
              return null;
            });
  }

  private void journalFailed(Throwable thrown) {
    Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : thrown;
    cause = cause instanceof UncheckedIOException ? cause.getCause() : cause;
    if (!closed) {
      boolean decided =
          cause instanceof OlderStateException || cause instanceof JournalTakenException;
      if (!(cause instanceof OlderStateException)) {
        // That one ends the job, whose result says so.
        LOG.error("The journal of session {}", split.clientId(), cause);
      }
      handover.fail(
          new IOException(
              "the journal of session "
                  + split.clientId()
                  + " cannot be opened: "
                  + cause.getMessage()
                  + (decided ? "" : ADVICE),
              cause));
    }
  }

  private CompletableFuture<Void> unsubscribeFormer(SessionConnection which) {
    return which
        .unsubscribeFormer()
        .exceptionallyCompose(
            problem -> {
              if (!(problem instanceof RefusedException)) {
                return CompletableFuture.failedFuture(problem);
              }
              LOG.warn(
                  "{} does not let client {} unsubscribe from {}: messages come more than once",
                  options.broker(),
                  split.clientId(),
                  split.formerFilters());
              return CompletableFuture.completedFuture(null);
            });
  }

  private void subscribed(SessionConnection which, boolean resumed) {
    if (which != connection) {
      return;
    }
    reconnects.subscribed();
    if (split.draining()) {
      LOG.info(
          "Client {} is connected to {} to drain its session, which was {}",
          split.clientId(),
          options.broker(),
          resumed ? "resumed" : "gone");
      SessionDrain drain =
          new SessionDrain(
              which, scheduler, () -> which == connection && !closed, () -> endSession(which));
      // The broker's silence says nothing of what the journal still has.
      var unused = through.thenRun(() -> scheduler.execute(drain::look));
      return;
    }
    subscribed = true;
    established = true;
    metrics.subscribed();
    GrantWarnings.log(which, options, split);
    quiet.subscribed(
        options.broker(), split, () -> which == connection && !closed && !which.live());
    LOG.info(
        "Client {} is connected to {} by {} and subscribed; its session was {}",
        split.clientId(),
        options.broker(),
        reconnects.protocol(),
        resumed ? "resumed" : "new");
  }

  private void endSession(SessionConnection which) {
    closed = true;
    var unused =
        which
            .endSession()
            .whenComplete((nothing, problem) -> scheduler.execute(() -> drained(which)));
  }

  private void drained(SessionConnection which) {
    ended(which, new IOException("drained"));
    metrics.sessionEnded();
    handover.end(split.splitId());
  }

  private void subscribeFailed(SessionConnection which, Throwable thrown) {
    if (which != connection) {
      return;
    }
    Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : thrown;
    if (cause instanceof RefusedException refused
        && refused.what() == RefusedException.What.SUBSCRIPTION) {
      ConnectProblem problem = ConnectProblem.of(cause, options.broker());
      metrics.problem(problem.kind());
      // Waiting would only hide that nothing is read.
      fail(
          problem.message()
              + "; subscriptions of client "
              + split.clientId()
              + ": "
              + String.join(", ", split.filters()));
    }
    // Otherwise the connection has ended, which is reported by itself.
  }

  private void ended(SessionConnection which, Throwable cause) {
    which.retire();
    if (which != connection) {
      return;
    }
    connection = null;
    boolean stood = connected;
    if (stood) {
      metrics.disconnected(subscribed);
      reconnects.disconnected();
    }
    connected = false;
    subscribed = false;
    if (!closed) {
      troubled(cause, stood);
    }
  }

  private void troubled(Throwable cause, boolean stood) {
    if (cause instanceof Error) {
      // Not of the network: Flink decides whether the process can go on.
      LOG.error("Client {}", split.clientId(), cause);
      handover.fail(new IOException("client " + split.clientId() + ": " + cause, cause));
      return;
    }
    ConnectProblem problem = ConnectProblem.of(cause, options.broker());
    metrics.problem(problem.kind());
    ReconnectStrategy.Next next = reconnects.after(problem, stood);
    if (next instanceof ReconnectStrategy.GiveUp giveUp) {
      fail(giveUp.why());
    } else if (next instanceof ReconnectStrategy.Retry retry) {
      LOG.warn(
          "Client {}: {}; connecting again in {} ms",
          split.clientId(),
          problem.message(),
          retry.pauseMillis());
      LOG.debug("The cause", cause);
      scheduler.later(retry.pauseMillis(), this::connect);
    }
  }

  private void fail(String message) {
    LOG.error("{}", message);
    handover.fail(new IOException(message));
  }

  String clientId() {
    return split.clientId();
  }

  /** Whether the broker holds the session and its subscriptions. */
  boolean established() {
    return established;
  }

  int unacked() {
    SessionConnection now = connection;
    return now == null ? 0 : now.unacked();
  }

  /** The most messages unacknowledged at once since the last call. */
  int takePeak() {
    SessionConnection now = connection;
    return now == null ? 0 : now.takePeak();
  }

  /** Disconnects for good; the broker keeps the session. The future always completes normally. */
  CompletableFuture<Void> close() {
    CompletableFuture<Void> done = new CompletableFuture<>();
    scheduler.execute(
        () -> {
          closed = true;
          gate.close();
          SessionConnection last = connection;
          if (last == null) {
            done.complete(null);
            return;
          }
          // Retired only at the end: acknowledgements of a last checkpoint may be on their way.
          var unused =
              last.disconnect()
                  .whenComplete((nothing, problem) -> scheduler.execute(() -> closed(last, done)));
        });
    return done;
  }

  private void closed(SessionConnection last, CompletableFuture<Void> done) {
    ended(last, new IOException("closed"));
    done.complete(null);
  }
}
