package io.motorwatch.sink.influx;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** A certificate made by the JDK's keytool, and its key. */
record PemFiles(Path certificate, Path key) {

  private static final String PASSWORD = "changeit";
  private static final String[] FOR_LOCALHOST = {"-ext", "SAN=dns:localhost"};

  /**
   * One for localhost that signs itself: {@code name.crt} and {@code name.key}.
   *
   * @param options of keytool's {@code -genkeypair}
   */
  static PemFiles make(Path folder, String name, String... options)
      throws IOException, InterruptedException, GeneralSecurityException {
    keytool(folder, name, "-genkeypair", join(FOR_LOCALHOST, join(dname("localhost"), options)));
    return export(folder, name);
  }

  /** A private authority. */
  static PemFiles authority(Path folder, String name)
      throws IOException, InterruptedException, GeneralSecurityException {
    keytool(
        folder, name, "-genkeypair", join(dname(name), "-keyalg", "RSA", "-ext", "bc:c=ca:true"));
    return export(folder, name);
  }

  /**
   * One for localhost that an authority has signed.
   *
   * @param validity of keytool's {@code -gencert}: from when on, for how many days
   */
  static PemFiles signed(Path folder, String name, String authority, String... validity)
      throws IOException, InterruptedException, GeneralSecurityException {
    make(folder, name, "-keyalg", "RSA");
    String request = folder.resolve(name + ".csr").toString();
    String signed = folder.resolve(name + ".signed").toString();
    keytool(folder, name, "-certreq", "-file", request);
    keytool(
        folder,
        authority,
        "-gencert",
        join(join(FOR_LOCALHOST, validity), "-infile", request, "-outfile", signed));
    keytool(
        folder,
        name,
        "-importcert",
        "-noprompt",
        "-alias",
        "authority",
        "-file",
        folder.resolve(authority + ".crt").toString());
    keytool(folder, name, "-importcert", "-noprompt", "-file", signed);
    return export(folder, name);
  }

  private static String[] dname(String name) {
    return new String[] {"-dname", "CN=" + name};
  }

  private static String[] join(String[] first, String... second) {
    List<String> all = new ArrayList<>(List.of(first));
    all.addAll(List.of(second));
    return all.toArray(String[]::new);
  }

  private static void keytool(Path folder, String name, String command, String... options)
      throws IOException, InterruptedException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    line.add(command);
    if (!List.of(options).contains("-alias")) {
      line.addAll(List.of("-alias", "own"));
    }
    line.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD));
    line.addAll(List.of("-keystore", folder.resolve(name + ".p12").toString()));
    line.addAll(List.of(options));
    Process keytool = new ProcessBuilder(line).redirectErrorStream(true).start();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (keytool.waitFor() != 0) {
      throw new IOException(said);
    }
  }

  private static PemFiles export(Path folder, String name)
      throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(folder.resolve(name + ".p12"))) {
      keys.load(in, PASSWORD.toCharArray());
    }
    Key key = keys.getKey("own", PASSWORD.toCharArray());
    return new PemFiles(
        write(
            folder.resolve(name + ".crt"), "CERTIFICATE", keys.getCertificate("own").getEncoded()),
        write(folder.resolve(name + ".key"), "PRIVATE KEY", key.getEncoded()));
  }

  private static Path write(Path file, String kind, byte[] bytes) throws IOException {
    return Files.writeString(
        file,
        "-----BEGIN %1$s-----%n%2$s%n-----END %1$s-----%n"
            .formatted(kind, Base64.getMimeEncoder().encodeToString(bytes)));
  }
}
