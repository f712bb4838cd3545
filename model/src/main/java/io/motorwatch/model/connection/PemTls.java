package io.motorwatch.model.connection;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
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
 * PEM files as what the JDK's TLS wants. Keys are PKCS#8 without a password, of RSA, EC or EdDSA.
 */
public final class PemTls {

  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----(.+?)-----END PRIVATE KEY-----", Pattern.DOTALL);
  private static final List<String> KEY_ALGORITHMS = List.of("RSA", "EC", "EdDSA");

  private final TrustManagerFactory trust;
  private final @Nullable KeyManagerFactory identity;

  private PemTls(TrustManagerFactory trust, @Nullable KeyManagerFactory identity) {
    this.trust = trust;
    this.identity = identity;
  }

  /**
   * Reads the files.
   *
   * @throws TlsFileException if one is missing or unfit
   * @throws IOException if the platform lacks what TLS needs
   */
  public static PemTls load(TlsFiles files) throws IOException {
    return new PemTls(trust(files.ca()), identity(files.certificate(), files.key()));
  }

  /** Whom we trust: the given certificates, else the platform's. */
  public TrustManagerFactory trustManagerFactory() {
    return trust;
  }

  /** Who we are, or null where the files say nothing about it. */
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
    if (certificateFile == null || keyFile == null) {
      return null;
    }
    try {
      KeyStore store = emptyStore();
      Certificate[] chain = certificates(certificateFile).toArray(Certificate[]::new);
      // The store lives in memory only; its password protects nothing.
      char[] password = new char[0];
      store.setKeyEntry("own", privateKey(keyFile), password, chain);
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(store, password);
      return factory;
    } catch (GeneralSecurityException e) {
      throw unfit(certificateFile, e);
    }
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static List<Certificate> certificates(String file) throws IOException {
    try {
      List<Certificate> found =
          new ArrayList<>(
              CertificateFactory.getInstance("X.509")
                  .generateCertificates(new ByteArrayInputStream(read(file))));
      if (found.isEmpty()) {
        throw new TlsFileException(file + " holds no certificate");
      }
      return found;
    } catch (GeneralSecurityException e) {
      throw unfit(file, e);
    }
  }

  private static PrivateKey privateKey(String file) throws IOException, GeneralSecurityException {
    Matcher matcher = KEY.matcher(new String(read(file), StandardCharsets.US_ASCII));
    if (!matcher.find()) {
      throw new TlsFileException(
          file
              + " holds no whole and unencrypted PKCS#8 private key (BEGIN PRIVATE KEY to END"
              + " PRIVATE KEY); convert another kind with openssl pkcs8 -topk8 -nocrypt");
    }
    PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(decoded(file, matcher.group(1)));
    // The form does not say the algorithm in clear: one after the other is tried.
    TlsFileException unknown =
        new TlsFileException(
            file
                + " holds a private key that is damaged or of an unknown kind; use RSA, EC or EdDSA");
    for (String algorithm : KEY_ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(spec);
      } catch (InvalidKeySpecException e) {
        unknown.addSuppressed(e);
      }
    }
    throw unknown;
  }

  private static byte[] decoded(String file, String base64) throws IOException {
    try {
      return Base64.getMimeDecoder().decode(base64.strip());
    } catch (IllegalArgumentException e) {
      throw new TlsFileException(
          file + " holds a private key that is cut short or damaged: copy it anew", e);
    }
  }

  private static byte[] read(String file) throws IOException {
    try {
      return Files.readAllBytes(Path.of(file));
    } catch (NoSuchFileException e) {
      throw new TlsFileException(file + " does not exist", e);
    } catch (IOException e) {
      throw new TlsFileException(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static TlsFileException unfit(String file, GeneralSecurityException cause) {
    return new TlsFileException(file + " cannot be used for TLS: " + cause.getMessage(), cause);
  }
}
