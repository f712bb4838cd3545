package io.motorwatch.source.mqtt.client;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Certificates and keys from PEM files, with nothing but the JDK. */
final class PemFiles {

  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]+)-----END PRIVATE KEY-----");

  private PemFiles() {}

  /** Trusts the certificates of the file and no others; without one, those of the platform. */
  static TrustManagerFactory trust(@Nullable String file)
      throws IOException, GeneralSecurityException {
    KeyStore store = null;
    if (file != null) {
      store = emptyStore();
      int number = 0;
      for (Certificate certificate : certificates(file)) {
        store.setCertificateEntry("ca-" + number++, certificate);
      }
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory;
  }

  /** Presents the certificate chain of one file with the key of the other. */
  static KeyManagerFactory identity(String certificate, String key)
      throws IOException, GeneralSecurityException {
    KeyStore store = emptyStore();
    // The store is in memory only: its password guards nothing.
    char[] password = new char[0];
    store.setKeyEntry(
        "key", privateKey(key), password, certificates(certificate).toArray(Certificate[]::new));
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, password);
    return factory;
  }

  private static KeyStore emptyStore() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static Collection<? extends Certificate> certificates(String file)
      throws IOException, GeneralSecurityException {
    byte[] bytes = Files.readAllBytes(Path.of(file));
    Collection<? extends Certificate> found =
        CertificateFactory.getInstance("X.509")
            .generateCertificates(new ByteArrayInputStream(bytes));
    if (found.isEmpty()) {
      throw new InvalidKeySpecException("no certificate in " + file);
    }
    return found;
  }

  private static PrivateKey privateKey(String file) throws IOException, GeneralSecurityException {
    // Latin 1 takes any bytes, so that a wrong file gets our message and not a decoder's.
    Matcher matcher = KEY.matcher(Files.readString(Path.of(file), StandardCharsets.ISO_8859_1));
    if (!matcher.find()) {
      throw new InvalidKeySpecException(
          "no unencrypted PKCS#8 key in "
              + file
              + " (it would begin -----BEGIN PRIVATE KEY-----; convert with openssl pkcs8 -topk8"
              + " -nocrypt)");
    }
    PKCS8EncodedKeySpec spec =
        new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(matcher.group(1)));
    for (String algorithm : List.of("RSA", "EC", "Ed25519")) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(spec);
      } catch (InvalidKeySpecException e) {
        // PKCS#8 names its algorithm inside; the JDK has no factory that looks.
      }
    }
    throw new InvalidKeySpecException("the key in " + file + " is none of RSA, EC, Ed25519");
  }
}
