package io.motorwatch.local;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A certificate with its key for a local server or its client, made by the JDK's keytool. It signs
 * itself, so it is its own CA, unless it was {@link #issueExpired issued} by another.
 *
 * @param certificate PEM file
 * @param key PEM file, PKCS#8
 */
public record TestCertificates(Path certificate, Path key) {

  private static final String PASSWORD = "changeit";

  /**
   * Makes one that is valid from now on.
   *
   * @param folder for its files
   * @param name beginning of their names, and the subject
   * @param algorithm RSA or EC
   * @param alternative what it is for, as keytool writes it: {@code ip:127.0.0.1}, {@code dns:name}
   */
  public static TestCertificates make(
      Path folder, String name, String algorithm, String alternative)
      throws IOException, GeneralSecurityException, InterruptedException {
    return make(folder, name, algorithm, alternative, List.of());
  }

  /** As {@link #make}, but it was valid for one day and is no more. */
  public static TestCertificates expired(
      Path folder, String name, String algorithm, String alternative)
      throws IOException, GeneralSecurityException, InterruptedException {
    return make(
        folder, name, algorithm, alternative, List.of("-startdate", "-3d", "-validity", "1"));
  }

  private static TestCertificates make(
      Path folder, String name, String algorithm, String alternative, List<String> validity)
      throws IOException, GeneralSecurityException, InterruptedException {
    Path store = folder.resolve(name + ".p12");
    List<String> options =
        new ArrayList<>(
            List.of(
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                algorithm,
                "-dname",
                "CN=" + name,
                "-ext",
                "SAN=" + alternative,
                "-ext",
                "BC=ca:true"));
    options.addAll(validity);
    run(folder, name, options, store);
    return exported(folder, name, store);
  }

  private static void run(Path folder, String name, List<String> options, Path store)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(options);
    command.addAll(
        List.of("-storetype", "PKCS12", "-storepass", PASSWORD, "-keystore", store.toString()));
    Path log = folder.resolve(name + ".log");
    int status =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start()
            .waitFor();
    if (status != 0) {
      throw new IOException("keytool ended with status " + status + ": " + Files.readString(log));
    }
  }

  /** A certificate that this one signed as a CA, and that was valid for one day and is no more. */
  public TestCertificates issueExpired(Path folder, String name, String alternative)
      throws IOException, GeneralSecurityException, InterruptedException {
    TestCertificates own = make(folder, name, "RSA", alternative);
    Path store = folder.resolve(name + ".p12");
    String ca = certificate.getFileName().toString().replace(".crt", "");
    Path request = folder.resolve(name + ".csr");
    run(folder, name, List.of("-certreq", "-alias", name, "-file", request.toString()), store);
    run(
        folder,
        name,
        List.of(
            "-gencert",
            "-rfc",
            "-alias",
            ca,
            "-ext",
            "SAN=" + alternative,
            "-startdate",
            "-3d",
            "-validity",
            "1",
            "-infile",
            request.toString(),
            "-outfile",
            own.certificate().toString()),
        certificate.resolveSibling(ca + ".p12"));
    return own;
  }

  private static TestCertificates exported(Path folder, String name, Path store)
      throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    return new TestCertificates(
        pem(folder.resolve(name + ".crt"), "CERTIFICATE", keys.getCertificate(name).getEncoded()),
        pem(
            folder.resolve(name + ".key"),
            "PRIVATE KEY",
            keys.getKey(name, PASSWORD.toCharArray()).getEncoded()));
  }

  private static Path pem(Path file, String kind, byte[] der) throws IOException {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return Files.writeString(
        file, "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n");
  }
}
