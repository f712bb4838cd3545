package io.motorwatch.sink.influx;

import io.motorwatch.model.connection.TlsFileException;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** What a failure to reach the database means for a person: what was wrong, and what to check. */
final class ConnectFault {

  /** Also where the only route there was connected, and the server ended the connection. */
  private static final String NO_ROUTE_LEFT = "exhausted all routes";

  private ConnectFault() {}

  static String of(InfluxConnection connection, IOException error) {
    if (error instanceof TlsFileException || error instanceof TlsExpectedException) {
      return String.valueOf(error.getMessage());
    }
    if (error instanceof UnknownHostException) {
      return "unknown host: check the name in influx.url";
    }
    if (error instanceof SocketTimeoutException) {
      return "no answer in time: check influx.url and the firewall";
    }
    if (error instanceof SSLException) {
      return ofTls(connection, error);
    }
    if (error instanceof ConnectException) {
      return "connection refused: check influx.url and that InfluxDB runs";
    }
    // The HTTP client has many kinds of its own for a connection that ends; ours are plain ones.
    boolean brokenOff = error.getClass() != IOException.class || endedAtOnce(error);
    if (brokenOff
        && connection.url().getScheme().equals("https")
        && connection.tls().certificate() == null) {
      // Under TLS 1.3 a server refuses us after we think that we are in.
      return "it breaks the connection off: check influx.url and, if it wants a client certificate,"
          + " set influx.tls.cert and influx.tls.key";
    }
    if (error instanceof ProtocolException || endedAtOnce(error)) {
      return "what answers is no HTTP: check the port in influx.url, and whether it speaks TLS and"
          + " wants https://";
    }
    return error.getMessage() + ": check influx.url";
  }

  /** As the HTTP client says of a server that closes instead of answering. */
  private static boolean endedAtOnce(IOException error) {
    return error.getCause() instanceof EOFException || NO_ROUTE_LEFT.equals(error.getMessage());
  }

  private static String ofTls(InfluxConnection connection, IOException error) {
    String words = String.valueOf(error.getMessage());
    if (error instanceof SSLPeerUnverifiedException) {
      return "its certificate is not for "
          + connection.url().getHost()
          + ": write the name it is for in influx.url (or influx.tls.hostname-verification: false)";
    }
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      String certificate = ofCertificate(connection, cause);
      if (certificate != null) {
        return certificate;
      }
    }
    if (words.contains("Unsupported or unrecognized SSL message")) {
      return "the port does not speak TLS: write http:// in influx.url";
    }
    String lower = words.toLowerCase(Locale.ROOT);
    if (lower.contains("certificate_required") || lower.contains("bad_certificate")) {
      return connection.tls().certificate() == null
          ? "it wants a client certificate: set influx.tls.cert and influx.tls.key"
          : "it does not accept our certificate ("
              + words
              + "): check influx.tls.cert and influx.tls.key";
    }
    return "TLS fails ("
        + words
        + "): check influx.tls.ca, influx.tls.cert and influx.tls.key, and whether the port is TLS";
  }

  private static @Nullable String ofCertificate(InfluxConnection connection, Throwable cause) {
    if (cause instanceof CertificateExpiredException) {
      // Its message is NotAfter and the date.
      return "a certificate of its chain has expired ("
          + cause.getMessage()
          + "): renew it at the server";
    }
    if (cause instanceof CertificateNotYetValidException) {
      return "a certificate of its chain is not yet valid ("
          + cause.getMessage()
          + "): check the clocks";
    }
    if (cause instanceof CertPathBuilderException
        || (cause instanceof CertPathValidatorException invalid
            && invalid.getReason() == BasicReason.INVALID_SIGNATURE)) {
      return connection.tls().ca() == null
          ? "its certificate is of no authority this machine trusts: name the file with its"
              + " authority's certificate in influx.tls.ca"
          : "its certificate is not signed by the authority in influx.tls.ca, "
              + connection.tls().ca();
    }
    return null;
  }
}
