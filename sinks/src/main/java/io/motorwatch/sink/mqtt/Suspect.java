package io.motorwatch.sink.mqtt;

/**
 * Finds the message because of which the broker ends the connection: MQTT 3.1.1 has no other words
 * to refuse one, and some brokers do so by MQTT 5 as well. Messages go out in their order, so it is
 * the first unconfirmed one. Once connections have ended in a row with no message confirmed, it is
 * sent alone, and given up when that ends connections too. For one thread.
 */
final class Suspect {

  /** A network may fail like that a few times, too. */
  static final int TOGETHER = 3;

  static final int ALONE = 2;

  private int ended;

  /** Whether the first message is to be sent alone. */
  boolean isAlone() {
    return ended >= TOGETHER;
  }

  /**
   * A connection ended with messages unconfirmed.
   *
   * @return whether the first of them is to be given up
   */
  boolean connectionEnded() {
    ended++;
    if (ended < TOGETHER + ALONE) {
      return false;
    }
    ended = 0;
    return true;
  }

  /** A message was confirmed or refused in words. */
  void acquit() {
    ended = 0;
  }
}
