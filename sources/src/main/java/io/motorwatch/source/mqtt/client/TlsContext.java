package io.motorwatch.source.mqtt.client;

import io.motorwatch.model.connection.TlsFiles;
import java.io.IOException;
import java.security.GeneralSecurityException;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** Keys and trust as the files say, read anew for each connection. */
final class TlsContext {

  private TlsContext() {}

  static SSLContext of(TlsFiles files) throws IOException, GeneralSecurityException {
    return of(files, PemFiles.trust(files.ca()).getTrustManagers());
  }

  /** For {@code java.net.http}, which verifies host names unless the trust manager does not. */
  static SSLContext withoutHostNames(TlsFiles files) throws IOException, GeneralSecurityException {
    TrustManager[] trusted = PemFiles.trust(files.ca()).getTrustManagers();
    for (int i = 0; i < trusted.length; i++) {
      if (trusted[i] instanceof X509ExtendedTrustManager strict) {
        trusted[i] = new AnyHostTrust(strict);
      }
    }
    return of(files, trusted);
  }

  private static SSLContext of(TlsFiles files, TrustManager[] trusted)
      throws IOException, GeneralSecurityException {
    KeyManager[] keys =
        files.certificate() == null || files.key() == null
            ? null
            : PemFiles.identity(files.certificate(), files.key()).getKeyManagers();
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys, trusted, null);
    return context;
  }
}
