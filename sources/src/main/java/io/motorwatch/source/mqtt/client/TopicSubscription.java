package io.motorwatch.source.mqtt.client;

/**
 * A subscription.
 *
 * @param maxQos 0, 1 or 2: messages published with more come with this
 */
public record TopicSubscription(String filter, int maxQos, Retained retained) {

  /** When the broker sends the messages it has kept for the filter's topics. */
  public enum Retained {
    SEND(0),
    SEND_IF_NEW(1),
    DO_NOT_SEND(2);

    private final int code;

    Retained(int code) {
      this.code = code;
    }

    int code() {
      return code;
    }
  }
}
