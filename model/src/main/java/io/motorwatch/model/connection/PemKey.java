package io.motorwatch.model.connection;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A private key from a PEM file: PKCS#8 without a password, of RSA, EC or EdDSA.
 *
 * @param file where it was read from
 */
record PemKey(String file, PrivateKey key) {

  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----(.+?)-----END PRIVATE KEY-----", Pattern.DOTALL);
  private static final Pattern OTHER_KIND = Pattern.compile("-----BEGIN (.{0,20}PRIVATE KEY)-----");
  private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");
  private static final byte[] PROOF = "motorwatch".getBytes(StandardCharsets.US_ASCII);

  /**
   * Reads it.
   *
   * @param expectedBesideCertificate whether no file of its own was named for the key
   */
  static PemKey read(String file, boolean expectedBesideCertificate) throws IOException {
    String text = new String(PemTls.read(file), StandardCharsets.ISO_8859_1);
    Matcher matcher = KEY.matcher(text);
    if (matcher.find()) {
      return new PemKey(file, decode(file, matcher.group(1)));
    }
    Matcher other = OTHER_KIND.matcher(text);
    if (other.find() && !other.group(1).equals("PRIVATE KEY")) {
      throw new TlsFileException(
          file
              + " holds its key as "
              + other.group(1)
              + ", and an unencrypted PKCS#8 private key is needed: convert it with openssl pkcs8"
              + " -topk8 -nocrypt");
    }
    throw new TlsFileException(
        expectedBesideCertificate && !other.find(0)
            ? file
                + " holds a certificate and no private key: name the key's file too (tls.key), or"
                + " put both into one file"
            : file
                + " holds no whole and unencrypted PKCS#8 private key (BEGIN PRIVATE KEY to END"
                + " PRIVATE KEY); convert another kind with openssl pkcs8 -topk8 -nocrypt");
  }

  private static PrivateKey decode(String file, String base64) throws IOException {
    PKCS8EncodedKeySpec spec;
    try {
      spec = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(base64.strip()));
    } catch (IllegalArgumentException e) {
      throw new TlsFileException(
          file + " holds a private key that is cut short or damaged: copy it again", e);
    }
    // The form does not name the algorithm in clear: one after the other is tried.
    TlsFileException unknown =
        new TlsFileException(
            file
                + " holds a private key that is damaged or of an unknown kind; use RSA, EC or EdDSA");
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(spec);
      } catch (InvalidKeySpecException e) {
        unknown.addSuppressed(e);
      } catch (GeneralSecurityException e) {
        throw new IOException("the platform has no " + algorithm + " keys", e);
      }
    }
    throw unknown;
  }

  /**
   * Signs something with the key and verifies it with the certificate: a server would only close
   * the connection.
   */
  void checkBelongsTo(String certificateFile, X509Certificate certificate) throws IOException {
    if (!fits(certificate)) {
      throw new TlsFileException(
          "the private key in "
              + file
              + " does not belong to the certificate in "
              + certificateFile
              + " ("
              + certificate.getSubjectX500Principal().getName()
              + "): name the files of one pair");
    }
  }

  private boolean fits(X509Certificate certificate) throws IOException {
    String kind = certificate.getPublicKey().getAlgorithm();
    String algorithm =
        switch (key.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> "EdDSA";
        };
    if (!kind.equals(key.getAlgorithm()) && !algorithm.equals("EdDSA")) {
      return false;
    }
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      signature.update(PROOF);
      byte[] signed = signature.sign();
      signature.initVerify(certificate.getPublicKey());
      signature.update(PROOF);
      return signature.verify(signed);
    } catch (java.security.InvalidKeyException | java.security.SignatureException e) {
      // Keys of different kinds or sizes.
      return false;
    } catch (GeneralSecurityException e) {
      throw new IOException("the platform cannot sign with " + algorithm, e);
    }
  }
}
