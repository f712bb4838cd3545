package io.motorwatch.mqtt;

import io.motorwatch.model.connection.PemTls;
import io.motorwatch.model.connection.TlsFiles;
import java.io.IOException;
import java.security.GeneralSecurityException;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** Keys and trust as the files say, read again for each connection. */
public final class TlsContext {

  private TlsContext() {}

  public static SSLContext of(TlsFiles files) throws IOException {
    return PemTls.load(files).context();
  }

  /** For {@code java.net.http}, which verifies host names unless the trust manager does not. */
  public static SSLContext withoutHostNames(TlsFiles files)
      throws IOException, GeneralSecurityException {
    PemTls pem = PemTls.load(files);
    TrustManager[] trusted = pem.trustManagerFactory().getTrustManagers();
    for (int i = 0; i < trusted.length; i++) {
      if (trusted[i] instanceof X509ExtendedTrustManager strict) {
        trusted[i] = new AnyHostTrust(strict);
      }
    }
    KeyManagerFactory identity = pem.keyManagerFactory();
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(identity == null ? null : identity.getKeyManagers(), trusted, null);
    return context;
  }
}
