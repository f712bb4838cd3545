package io.motorwatch.sink.influx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.motorwatch.local.TestCertificates;
import io.motorwatch.model.connection.PemTls;
import io.motorwatch.model.connection.TlsFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** https with a private certificate, and mutual TLS, from PEM files. */
class TlsTest {

  @TempDir static Path folder;

  @BeforeAll
  static void makeCertificates() throws Exception {
    TestCertificates.make(folder, "RSA", "RSA", "dns:localhost");
    TestCertificates.make(folder, "EC", "EC", "dns:localhost");
  }

  private static Path file(String algorithm, String ending) {
    return folder.resolve(algorithm + "." + ending);
  }

  private static TlsFiles files(String algorithm, boolean verifyHostname) {
    String certificate = file(algorithm, "crt").toString();
    return new TlsFiles(
        certificate, certificate, file(algorithm, "key").toString(), verifyHostname);
  }

  private static MockWebServer server(String algorithm) throws IOException {
    MockWebServer server = new MockWebServer();
    PemTls tls = PemTls.load(files(algorithm, true));
    server.useHttps(tls.context().getSocketFactory(), false);
    server.requireClientAuth();
    server.enqueue(new MockResponse().setHeader("X-Influxdb-Version", "1.8.10"));
    server.start(InetAddress.getByName("localhost"), 0);
    return server;
  }

  private static InfluxConnection connection(MockWebServer server, String host, TlsFiles tls) {
    return new InfluxConnection(
        URI.create("https://" + host + ":" + server.getPort()),
        InfluxApi.AUTO,
        "db",
        null,
        null,
        null,
        tls);
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC"})
  void shouldProveWhoWeAreAndTrustOurOwnAuthority(String algorithm) throws Exception {
    try (MockWebServer server = server(algorithm)) {
      InfluxConnection connection = connection(server, "localhost", files(algorithm, true));
      assertThat(ApiVersionProbe.ask(connection).version()).isEqualTo("1.8.10");
    }
  }

  @Test
  void shouldVerifyTheHostNameUnlessConfiguredNotTo() throws Exception {
    try (MockWebServer server = server("RSA")) {
      assertThatThrownBy(
              () -> InfluxProbe.connectOnce(connection(server, "127.0.0.1", files("RSA", true))))
          .isInstanceOf(InfluxUnreachableException.class)
          .hasMessageContaining("its certificate is not for 127.0.0.1")
          .hasMessageContaining("influx.tls.hostname-verification");
    }
    try (MockWebServer server = server("RSA")) {
      InfluxConnection connection = connection(server, "127.0.0.1", files("RSA", false));
      assertThat(ApiVersionProbe.ask(connection).version()).isEqualTo("1.8.10");
    }
  }

  @Test
  void shouldSayThatTheServerWantsACertificateOfOurs() throws Exception {
    try (MockWebServer server = server("RSA")) {
      TlsFiles none = new TlsFiles(file("RSA", "crt").toString(), null, null, true);
      assertThatThrownBy(() -> InfluxProbe.connectOnce(connection(server, "localhost", none)))
          .isInstanceOf(InfluxUnreachableException.class)
          .hasMessageContaining("influx.tls.cert");
    }
  }

  @Test
  void shouldNotTrustOthers() throws Exception {
    try (MockWebServer server = server("RSA")) {
      InfluxConnection connection = connection(server, "localhost", files("EC", true));
      assertThatThrownBy(() -> ApiVersionProbe.ask(connection)).isInstanceOf(IOException.class);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"V1", "V2"})
  void shouldReadChangedCertificatesWithoutARestart(InfluxApi api) throws Exception {
    Path certificate = folder.resolve("renewed.crt");
    Path key = folder.resolve("renewed.key");
    TlsFiles tls =
        new TlsFiles(certificate.toString(), certificate.toString(), key.toString(), true);
    install("EC", certificate, key);
    try (MockWebServer server = server("RSA")) {
      InfluxConnection connection = connection(server, "localhost", tls).withApi(api).withOrg("o");
      try (InfluxEndpoint endpoint = DetectingEndpoint.open(connection)) {
        LineBatch lines = Encoded.lines("hot", "m v=1.0 1");
        assertThat(endpoint.write(lines).toString()).contains("TLS fails");
        install("RSA", certificate, key);
        assertThat(endpoint.write(lines)).isEqualTo(WriteResponse.of(200, ""));
      }
    }
  }

  private static void install(String algorithm, Path certificate, Path key) throws IOException {
    Files.copy(file(algorithm, "crt"), certificate, StandardCopyOption.REPLACE_EXISTING);
    Files.copy(file(algorithm, "key"), key, StandardCopyOption.REPLACE_EXISTING);
  }

  @Test
  void shouldNameTheFileThatIsUnfit() throws Exception {
    Path wrong = folder.resolve("wrong.pem");
    assertThatThrownBy(() -> PemTls.load(new TlsFiles(wrong.toString(), null, null, true)))
        .hasMessageContaining(wrong.toString());
    Files.writeString(wrong, "-----BEGIN RSA PRIVATE KEY-----");
    String certificate = file("RSA", "crt").toString();
    assertThatThrownBy(() -> PemTls.load(new TlsFiles(null, certificate, wrong.toString(), true)))
        .hasMessageContaining(wrong.toString())
        .hasMessageContaining("PKCS#8");
    // Base64 never has five characters: the file was copied in part.
    Files.writeString(wrong, "-----BEGIN PRIVATE KEY-----\nAAAAA\n-----END PRIVATE KEY-----");
    assertThatThrownBy(() -> PemTls.load(new TlsFiles(null, certificate, wrong.toString(), true)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(wrong + " holds a private key that is cut short");
  }
}
