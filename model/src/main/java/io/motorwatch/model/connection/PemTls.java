package io.motorwatch.model.connection;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * PEM files as what the JDK's TLS wants. What can be found out about our own certificate without a
 * server is found out here: that the key belongs to it, and that it is valid today.
 */
public final class PemTls {

  private static final Pattern CERTIFICATE =
      Pattern.compile(
          "-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----.+?-----END (?:X509 |TRUSTED"
              + " )?CERTIFICATE-----",
          Pattern.DOTALL);

  private final TrustManagerFactory trust;
  private final @Nullable KeyManagerFactory identity;

  private PemTls(TrustManagerFactory trust, @Nullable KeyManagerFactory identity) {
    this.trust = trust;
    this.identity = identity;
  }

  /**
   * Reads the files.
   *
   * @throws TlsFileException if one is missing or unfit, the key is another certificate's, or our
   *     certificate has expired
   * @throws IOException if the platform lacks what TLS needs
   */
  public static PemTls load(TlsFiles files) throws IOException {
    return new PemTls(trust(files.ca()), identity(files.certificate(), files.key()));
  }

  /** The given certificates to trust, else the platform's. */
  public TrustManagerFactory trustManagerFactory() {
    return trust;
  }

  /** Our own certificate and key, or null where the files name none. */
  public @Nullable KeyManagerFactory keyManagerFactory() {
    return identity;
  }

  /** The trust manager itself, for clients that want it beside the context. */
  public X509TrustManager trustManager() {
    for (TrustManager manager : trust.getTrustManagers()) {
      if (manager instanceof X509TrustManager x509) {
        return x509;
      }
    }
    throw new IllegalStateException("the platform has no X.509 trust manager");
  }

  /** A context of both. */
  public SSLContext context() throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          identity == null ? null : identity.getKeyManagers(), trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("TLS cannot be set up: " + e.getMessage(), e);
    }
  }

  private static TrustManagerFactory trust(@Nullable String ca) throws IOException {
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      if (ca == null) {
        factory.init((KeyStore) null);
        return factory;
      }
      KeyStore store = emptyStore();
      int number = 0;
      for (Certificate certificate : certificates(ca)) {
        store.setCertificateEntry("ca-" + number++, certificate);
      }
      factory.init(store);
      return factory;
    } catch (GeneralSecurityException e) {
      throw ca == null
          ? new IOException("the platform's trust store cannot be used: " + e.getMessage(), e)
          : unfit(ca, e);
    }
  }

  private static @Nullable KeyManagerFactory identity(
      @Nullable String certificateFile, @Nullable String keyFile) throws IOException {
    if (certificateFile == null) {
      return null;
    }
    try {
      List<X509Certificate> chain = certificates(certificateFile);
      PemKey key = PemKey.read(keyFile == null ? certificateFile : keyFile, keyFile == null);
      checkValidity(certificateFile, chain.get(0));
      key.checkBelongsTo(certificateFile, chain.get(0));
      KeyStore store = emptyStore();
      // The store lives in memory only; its password protects nothing.
      char[] password = new char[0];
      store.setKeyEntry("own", key.key(), password, chain.toArray(Certificate[]::new));
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(store, password);
      return factory;
    } catch (GeneralSecurityException e) {
      throw unfit(certificateFile, e);
    }
  }

  private static void checkValidity(String file, X509Certificate own) throws TlsFileException {
    Instant now = Instant.now();
    if (own.getNotAfter().toInstant().isBefore(now)) {
      throw new TlsFileException(
          "our certificate "
              + file
              + " expired on "
              + own.getNotAfter().toInstant()
              + ": renew it, it is read again at the next connection");
    }
    if (own.getNotBefore().toInstant().isAfter(now)) {
      throw new TlsFileException(
          "our certificate "
              + file
              + " is valid only from "
              + own.getNotBefore().toInstant()
              + " on: check this machine's clock");
    }
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  /** Those of a PEM file, which may hold a key besides, or the one of a DER file; not empty. */
  private static List<X509Certificate> certificates(String file) throws IOException {
    byte[] content = read(file);
    List<byte[]> encoded = new ArrayList<>();
    Matcher pem = CERTIFICATE.matcher(new String(content, StandardCharsets.ISO_8859_1));
    while (pem.find()) {
      encoded.add(pem.group().getBytes(StandardCharsets.ISO_8859_1));
    }
    if (encoded.isEmpty()) {
      encoded.add(content);
    }
    List<X509Certificate> found = new ArrayList<>();
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      for (byte[] one : encoded) {
        if (factory.generateCertificate(new ByteArrayInputStream(one))
            instanceof X509Certificate certificate) {
          found.add(certificate);
        }
      }
    } catch (GeneralSecurityException e) {
      throw new TlsFileException(
          file + " holds no readable certificate (PEM, BEGIN CERTIFICATE to END CERTIFICATE)", e);
    }
    if (found.isEmpty()) {
      throw new TlsFileException(file + " holds no certificate");
    }
    return found;
  }

  static byte[] read(String file) throws IOException {
    try {
      return Files.readAllBytes(Path.of(file));
    } catch (NoSuchFileException e) {
      throw new TlsFileException(file + " does not exist", e);
    } catch (IOException e) {
      throw new TlsFileException(file + " cannot be read: check its access rights", e);
    }
  }

  private static TlsFileException unfit(String file, GeneralSecurityException cause) {
    return new TlsFileException(file + " cannot be used for TLS: " + cause.getMessage(), cause);
  }
}
