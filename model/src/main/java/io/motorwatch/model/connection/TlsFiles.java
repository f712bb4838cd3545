package io.motorwatch.model.connection;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * PEM files of a TLS connection, read again at every connect so that renewed certificates are used
 * without a restart.
 *
 * @param ca certificates to trust instead of the platform's, or null
 * @param certificate our own certificate chain for mutual TLS, or null
 * @param key its private key (PKCS#8); null where the certificate's file holds it too, or where
 *     there is no certificate
 * @param verifyHostname whether the server's certificate must name the host we asked for
 */
public record TlsFiles(
    @Nullable String ca, @Nullable String certificate, @Nullable String key, boolean verifyHostname)
    implements Serializable {

  /** The platform's trust store, host names verified. */
  public static final TlsFiles PLATFORM = new TlsFiles(null, null, null, true);

  public TlsFiles {
    if (certificate == null && key != null) {
      throw new IllegalArgumentException("a TLS key needs its certificate");
    }
  }
}
