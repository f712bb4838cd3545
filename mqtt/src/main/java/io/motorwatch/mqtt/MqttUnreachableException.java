package io.motorwatch.mqtt;

/** No connection to a broker; the message is one line for a person. */
public final class MqttUnreachableException extends Exception {

  private static final long serialVersionUID = 1L;

  private final ConnectProblem.Kind kind;

  public MqttUnreachableException(ConnectProblem problem, Throwable cause) {
    super(problem.message(), cause);
    this.kind = problem.kind();
  }

  public ConnectProblem.Kind kind() {
    return kind;
  }

  /**
   * Whether waiting may help: not for a wrong password, unreadable TLS files or certificates, a
   * broker of another version.
   */
  public boolean worthRetrying() {
    return switch (kind) {
      case WRONG_CREDENTIALS, NOT_AUTHORIZED, UNSUPPORTED_VERSION, TLS, SUBSCRIPTION_DENIED ->
          false;
      case REFUSED,
          UNKNOWN_HOST,
          TIMEOUT,
          NO_CONNACK,
          REFUSED_BY_BROKER,
          SESSION_TAKEN_OVER,
          CONNECTION_LOST ->
          true;
    };
  }
}
