package io.motorwatch.mqtt;

/**
 * Which version of MQTT the next connection speaks. With {@link MqttVersion#AUTO} it is 5, until a
 * broker has refused it, or has closed the connection or kept silent where CONNACK was due, as old
 * ones do. Then 3.1.1 is tried once, and 5 again if it is not accepted either: it was the network.
 * A broker that has accepted a version is never asked by another one. For one thread.
 */
public final class VersionChoice {

  /** How an attempt to connect failed. */
  public enum Failure {
    /** The broker said that it does not know the version. */
    VERSION_REFUSED,
    /** It was reached, and closed the connection or kept silent instead of answering CONNECT. */
    NO_ANSWER,
    /** Anything else: not reached, or refused for another reason. */
    OTHER
  }

  private enum State {
    /** MQTT 5, which no broker has accepted yet. */
    NEWER,
    /** MQTT 3.1.1, to see whether that is answered. */
    OLDER_ON_TRIAL,
    SETTLED
  }

  private State state;
  private MqttVersion version;

  public VersionChoice(MqttVersion wanted) {
    this.state = wanted == MqttVersion.AUTO ? State.NEWER : State.SETTLED;
    this.version = wanted == MqttVersion.V3 ? MqttVersion.V3 : MqttVersion.V5;
  }

  /** {@link MqttVersion#V5} or {@link MqttVersion#V3}. */
  public MqttVersion version() {
    return version;
  }

  /**
   * A connection was accepted.
   *
   * @return whether this is news: 3.1.1 has been accepted where 5 was not answered
   */
  public boolean accepted() {
    boolean news = state == State.OLDER_ON_TRIAL;
    state = State.SETTLED;
    return news;
  }

  /**
   * An attempt failed.
   *
   * @return whether another one is to follow at once, by the version that is now to be spoken
   */
  public boolean failed(Failure how) {
    if (state == State.OLDER_ON_TRIAL) {
      state = State.NEWER;
      version = MqttVersion.V5;
      return false;
    }
    if (state == State.SETTLED || how == Failure.OTHER) {
      return false;
    }
    version = MqttVersion.V3;
    state = State.OLDER_ON_TRIAL;
    return true;
  }
}
