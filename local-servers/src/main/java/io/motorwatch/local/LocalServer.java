package io.motorwatch.local;

import java.io.IOException;

/** What can be done with any local server. Not thread-safe. */
public interface LocalServer extends AutoCloseable {

  /** The process that runs now, or ran last. */
  LocalProcess process();

  /** Whether the process runs. */
  default boolean alive() {
    return process().alive();
  }

  /** Ends the server in order: everything it acknowledged is on disk. */
  default void stop() throws InterruptedException {
    process().stop();
  }

  /** Ends the server as a crash would. */
  default void kill() throws InterruptedException {
    process().kill();
  }

  /** Starts a stopped server again, on the same port and data; stops a running one first. */
  default void restart() throws IOException, InterruptedException {
    process().restart();
  }

  /** Stops it and leaves its folder. */
  @Override
  default void close() {
    process().close();
  }
}
