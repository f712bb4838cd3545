package io.motorwatch.mqtt;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Says in words what the JDK's TLS says in exceptions. */
public final class TlsFailure {

  /** What an exception says where the other side closed the connection in the TLS handshake. */
  public static final String CLOSED_IN_HANDSHAKE = "the connection was closed in the tls handshake";

  private TlsFailure() {}

  /** One sentence without a full stop: what was wrong and what to check. */
  static String explain(Throwable thrown, BrokerAddress broker) {
    String deepest = "";
    for (Throwable cause = thrown; cause != null; cause = next(cause)) {
      String known = known(cause, broker);
      if (known != null) {
        return known;
      }
      if (cause.getMessage() != null) {
        deepest = cause.getMessage();
      }
    }
    return (deepest.isEmpty() ? "" : "(" + deepest + ") ")
        + "check the CA file, our certificate and key, and the host name";
  }

  private static @Nullable Throwable next(Throwable cause) {
    return cause.getCause() == cause ? null : cause.getCause();
  }

  private static @Nullable String known(Throwable cause, BrokerAddress broker) {
    String message = String.valueOf(cause.getMessage());
    String lower = message.toLowerCase(Locale.ROOT);
    if (cause instanceof CertificateExpiredException) {
      return "the broker's certificate expired on "
          + date(message)
          + ": renew it there, or check this machine's clock";
    } else if (cause instanceof CertificateNotYetValidException) {
      return "the broker's certificate is valid only from "
          + date(message)
          + " on: check this machine's clock, and the broker's";
    } else if (cause instanceof CertPathBuilderException
        || lower.contains("unable to find valid")) {
      return broker.tls().ca() == null
          ? "its certificate is of a CA that this machine does not trust: check the CA file, which"
              + " mqtt.tls.ca (--ca) names"
          : "its certificate is not of the CA in " + broker.tls().ca() + ": check the CA file";
    } else if (lower.contains("no subject alternative") || lower.contains("no name matching")) {
      return "its certificate is for other host names than "
          + broker.host()
          + ": connect by a name that is in it, or set mqtt.tls.hostname-verification: false";
    } else if (wantsCertificate(lower)) {
      return broker.tls().certificate() == null
          ? "the broker wants a client certificate: name ours in mqtt.tls.cert and its key in"
              + " mqtt.tls.key (--cert, --key)"
          : "the broker does not accept our certificate "
              + broker.tls().certificate()
              + " ("
              + message
              + "): check that it is of a CA the broker trusts, and not expired or revoked";
    } else if (lower.contains("unrecognized ssl message")
        || lower.contains("plaintext connection")) {
      return "what listens there does not speak TLS: check the port, or use tcp:// if the broker has"
          + " no TLS";
    }
    return lower.contains("terminated the handshake") || lower.contains(CLOSED_IN_HANDSHAKE)
        ? "the connection was closed in the handshake: check whether this port speaks TLS, and"
            + " whether the broker "
            + certificateDoubt(broker)
        : null;
  }

  /** A broker may close a connection for the certificate, and not say so. */
  static String certificateDoubt(BrokerAddress broker) {
    return broker.tls().certificate() == null
        ? "wants a client certificate (mqtt.tls.cert, --cert)"
        : "does not accept our certificate " + broker.tls().certificate();
  }

  /** The alerts of RFC 8446, 6.2, that servers answer a missing or refused certificate with. */
  private static boolean wantsCertificate(String lower) {
    return lower.contains("alert: certificate_required")
        || lower.contains("alert: bad_certificate")
        || lower.contains("alert: unknown_ca")
        || lower.contains("alert: certificate_unknown")
        || lower.contains("alert: certificate_expired")
        || lower.contains("alert: access_denied")
        || lower.contains("alert: handshake_failure");
  }

  /** The JDK writes {@code NotAfter: Fri Nov 27 …}. */
  private static String date(String message) {
    int colon = message.indexOf(": ");
    return colon < 0 ? message : message.substring(colon + 2);
  }
}
