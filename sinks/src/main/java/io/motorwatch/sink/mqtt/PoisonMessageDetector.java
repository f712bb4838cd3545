package io.motorwatch.sink.mqtt;

/**
 * Finds the message because of which the broker ends the connection: MQTT 3.1.1 has no other words
 * to refuse one, and some brokers do so by MQTT 5 as well. Messages go out in their order, so it is
 * the first unconfirmed one, or one behind it: with a connection the confirmations under way are
 * lost. Once connections have ended in a row with no message confirmed, the first one is sent
 * alone. When that ends connections too, it is given up; else each confirmed message lets two more
 * go out, until connections end again or all is as before. For one thread.
 */
final class PoisonMessageDetector {

  /** A network may fail like that a few times, too. */
  static final int TOGETHER = 3;

  static final int ALONE = 2;

  private static final int NO_LIMIT = Integer.MAX_VALUE;

  /** So many confirmed without an end of the connection are proof enough. */
  private static final int ENOUGH = 1_000;

  private int limit = NO_LIMIT;
  private int ended;

  /** At most so many messages are to be under way. */
  int limit() {
    return limit;
  }

  boolean limited() {
    return limit != NO_LIMIT;
  }

  /**
   * A connection ended with messages unconfirmed.
   *
   * @return whether the first of them is to be given up
   */
  boolean connectionEnded() {
    ended++;
    if (limit == 1 && ended >= ALONE) {
      limit = NO_LIMIT;
      ended = 0;
      return true;
    }
    if (limit > 1 && (limited() || ended >= TOGETHER)) {
      limit = 1;
      ended = 0;
    }
    return false;
  }

  /** The broker answered a message: it confirmed or refused it. */
  void answered() {
    ended = 0;
    if (limited()) {
      limit = limit < ENOUGH ? limit + 1 : NO_LIMIT;
    }
  }
}
