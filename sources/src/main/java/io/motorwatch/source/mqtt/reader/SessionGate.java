package io.motorwatch.source.mqtt.reader;

import java.util.concurrent.CompletableFuture;

/**
 * Where a session's messages wait for what has to come before them: the messages of its journal.
 * Safe for any thread.
 */
interface SessionGate {

  /** For a session with nothing to wait for. */
  SessionGate OPEN =
      new SessionGate() {
        @Override
        public CompletableFuture<Void> prepare() {
          return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletableFuture<Void> connected(SessionConnection which) {
          return CompletableFuture.completedFuture(null);
        }

        @Override
        public void pass(SessionConnection which) {}

        @Override
        public void changed() {}

        @Override
        public void close() {}
      };

  /**
   * To be called before the first connection.
   *
   * @return completes when the session may connect; exceptionally if it must not
   */
  CompletableFuture<Void> prepare();

  /**
   * A connection stands: its messages pass once all that comes before is handed over.
   *
   * @return completes then; exceptionally if they never will
   */
  CompletableFuture<Void> connected(SessionConnection which);

  /** Blocks a connection's reading thread until its messages may pass, or it has ended. */
  void pass(SessionConnection which) throws InterruptedException;

  /** Something changed that others wait for in {@link #pass}. */
  void changed();

  /** The session ends: lets what is under way be. */
  void close();
}
