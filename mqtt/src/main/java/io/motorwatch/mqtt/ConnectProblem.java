package io.motorwatch.mqtt;

import io.motorwatch.model.connection.TlsFileException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Why a connection could not be made or ended, with one sentence that names the address and what to
 * check. Holds no secret.
 *
 * @param kind what to do about it depends on this alone
 * @param message for a person
 */
public record ConnectProblem(Kind kind, String message) {

  /** The causes that are distinguished. */
  public enum Kind {
    /** Nothing listens there. */
    REFUSED,
    UNKNOWN_HOST,
    /** No answer in time. */
    TIMEOUT,
    /** It was reached, and closed the connection or kept silent instead of answering CONNECT. */
    NO_CONNACK,
    /** Certificate, host name or protocol. */
    TLS,
    WRONG_CREDENTIALS,
    NOT_AUTHORIZED,
    /** The broker does not speak the version of MQTT it was asked for. */
    UNSUPPORTED_VERSION,
    /** It answered, and refused for another reason. */
    REFUSED_BY_BROKER,
    SUBSCRIPTION_DENIED,
    SESSION_TAKEN_OVER,
    /** The connection ended. */
    CONNECTION_LOST
  }

  /** Classifies what the client threw. */
  public static ConnectProblem of(Throwable thrown, BrokerAddress broker) {
    String at = broker.toString();
    for (Throwable cause = thrown; cause != null; cause = next(cause)) {
      ConnectProblem problem = classify(cause, at, broker);
      if (problem != null) {
        return problem;
      }
    }
    return new ConnectProblem(Kind.CONNECTION_LOST, "connection to " + at + " lost" + why(thrown));
  }

  private static @Nullable Throwable next(Throwable cause) {
    return cause.getCause() == cause ? null : cause.getCause();
  }

  private static @Nullable ConnectProblem classify(
      Throwable cause, String at, BrokerAddress broker) {
    if (cause instanceof RefusedException refused) {
      return switch (refused.what()) {
        case CONNECTION -> ofConnAck(refused.code(), at, broker);
        case CONTINUATION -> ofDisconnect(refused.code(), at);
        case SUBSCRIPTION ->
            new ConnectProblem(
                Kind.SUBSCRIPTION_DENIED,
                at
                    + " denies a subscription ("
                    + refused.getMessage()
                    + "): check the user's access rights there");
      };
    } else if (cause instanceof SilenceException) {
      return new ConnectProblem(Kind.TIMEOUT, at + ": " + cause.getMessage());
    } else if (cause instanceof UnknownHostException) {
      return new ConnectProblem(
          Kind.UNKNOWN_HOST,
          "host " + broker.host() + " of " + at + " is unknown: check the name and the DNS");
    } else if (cause instanceof NoConnAckException) {
      return new ConnectProblem(
          Kind.NO_CONNACK,
          at
              + " "
              + cause.getMessage()
              + ": check that an MQTT broker listens there"
              + (broker.secure()
                  // By TLS 1.3 it refuses a certificate only once the client may already write.
                  ? ", and whether it " + TlsFailure.certificateDoubt(broker)
                  : ", and whether this port expects TLS (ssl://)"));
    } else if (cause instanceof SSLException || cause instanceof GeneralSecurityException) {
      return new ConnectProblem(
          Kind.TLS, "no TLS connection to " + at + ": " + TlsFailure.explain(cause, broker));
    } else if (cause instanceof TlsFileException) {
      return new ConnectProblem(Kind.TLS, "no TLS connection to " + at + ": " + cause.getMessage());
    } else if (cause instanceof NoRouteToHostException) {
      return new ConnectProblem(
          Kind.REFUSED, "no route to " + at + ": check the address and the network");
    } else if (cause instanceof ConnectException refused) {
      return ofConnect(refused, at);
    } else if (cause instanceof TimeoutException
        || cause instanceof SocketTimeoutException
        || isTimeout(cause)) {
      return timeout(at);
    }
    return null;
  }

  /** No answer from the broker in time. */
  public static ConnectProblem timeout(String at) {
    return new ConnectProblem(
        Kind.TIMEOUT,
        "no answer from "
            + at
            + " in time: check the address, the port and the firewall, and"
            + " whether an MQTT broker listens there");
  }

  private static ConnectProblem ofConnect(ConnectException refused, String at) {
    return isTimeout(refused)
        ? timeout(at)
        : new ConnectProblem(
            Kind.REFUSED,
            "nothing listens at " + at + ": check that the broker runs, and its address and port");
  }

  private static boolean isTimeout(Throwable cause) {
    String message = cause.getMessage();
    if (message == null) {
      return false;
    }
    String lower = message.toLowerCase(Locale.ROOT);
    return lower.contains("timed out") || lower.contains("timeout");
  }

  private static ConnectProblem ofConnAck(int code, String at, BrokerAddress broker) {
    String user =
        broker.credentials() == null
            ? "no user name was given"
            : "user '" + broker.credentials().username() + "'";
    return switch (code) {
      // 1 to 5 are what MQTT 3.1.1 answers.
      case 0x86, 0x8C, 0x04 ->
          new ConnectProblem(
              Kind.WRONG_CREDENTIALS,
              at + " refuses the log-in (" + user + "): check user name and password");
      case 0x87, 0x05 ->
          new ConnectProblem(
              Kind.NOT_AUTHORIZED,
              at
                  + " does not let us in ("
                  + user
                  + "): check user name, password and the user's access rights there");
      case 0x84, 0x01 ->
          new ConnectProblem(
              Kind.UNSUPPORTED_VERSION,
              at + " does not speak this version of MQTT: allow both, or the other");
      default ->
          new ConnectProblem(
              Kind.REFUSED_BY_BROKER,
              "%s refuses the connection: reason code 0x%02x".formatted(at, code));
    };
  }

  private static ConnectProblem ofDisconnect(int code, String at) {
    return switch (code) {
      case 0x8E ->
          new ConnectProblem(
              Kind.SESSION_TAKEN_OVER, "another client connected to " + at + " with our client id");
      case 0x87 ->
          new ConnectProblem(
              Kind.NOT_AUTHORIZED, at + " ended the connection: we are no longer authorized");
      default ->
          new ConnectProblem(
              Kind.CONNECTION_LOST,
              "%s ended the connection: reason code 0x%02x".formatted(at, code));
    };
  }

  private static String why(Throwable thrown) {
    String message = thrown.getMessage();
    return message == null ? "" : " (" + message + ")";
  }
}
