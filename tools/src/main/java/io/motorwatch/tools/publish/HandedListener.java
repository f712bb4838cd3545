package io.motorwatch.tools.publish;

/** Is told when something goes out. */
@FunctionalInterface
public interface HandedListener<T> {

  /**
   * A message was handed to the connection; again, if it goes out once more after the connection
   * was lost. Called on the publishing thread; must be quick.
   *
   * @param nanoTime as of System.nanoTime, right before
   */
  void handed(T value, long nanoTime);
}
