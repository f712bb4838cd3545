package io.motorwatch.sink.influx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.motorwatch.local.LocalInfluxDb;
import io.motorwatch.local.TestCertificates;
import io.motorwatch.model.connection.TlsFiles;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real InfluxDB that speaks HTTPS by a certificate of a private authority. */
class HttpsITCase {

  @TempDir static Path folder;
  private static TestCertificates authority;
  private static TestCertificates another;
  private static LocalInfluxDb server;

  @BeforeAll
  static void start() throws Exception {
    authority = TestCertificates.make(folder, "authority", "RSA", "dns:localhost");
    another = TestCertificates.make(folder, "another", "RSA", "dns:localhost");
    server =
        LocalInfluxDb.startHttps(folder.resolve("valid"), authority.certificate(), authority.key());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static InfluxConnection connection(String scheme, int port, Path ca) {
    return InfluxConnection.of(scheme + "://localhost:" + port, "m")
        .withTls(new TlsFiles(ca == null ? null : ca.toString(), null, null, true));
  }

  private static AbstractStringAssert<?> assertProblem(InfluxConnection connection) {
    return assertThatThrownBy(() -> InfluxProbe.connectOnce(connection))
        .isInstanceOf(InfluxUnreachableException.class)
        .hasMessageStartingWith("cannot reach InfluxDB at " + connection.address())
        .message();
  }

  @Test
  void shouldProvisionAndWriteWhereTheAuthorityIsNamed() throws Exception {
    InfluxConnection connection = connection("https", server.port(), authority.certificate());
    assertThat(InfluxProvisioner.provision(connection, List.of(Retention.unlimited("hot"))))
        .isEmpty();
    try (InfluxEndpoint endpoint = DetectingEndpoint.open(connection)) {
      assertThat(endpoint.write(Encoded.lines("hot", "m v=1.0 1")))
          .isEqualTo(WriteResponse.of(204, ""));
    }
  }

  @Test
  void shouldSayWhereToNameAnAuthorityThatIsNotTrusted() {
    assertProblem(connection("https", server.port(), null)).contains("influx.tls.ca");
    assertProblem(connection("https", server.port(), another.certificate()))
        .contains("not signed by the authority in influx.tls.ca")
        .contains("another.crt");
  }

  @Test
  void shouldSayThatThePortSpeaksTls() {
    assertProblem(connection("http", server.port(), null)).contains("write https://");
  }

  @Test
  void shouldSayThatThePortSpeaksNoTls() throws Exception {
    try (LocalInfluxDb plain = LocalInfluxDb.start(folder.resolve("plain"))) {
      assertProblem(connection("https", plain.port(), authority.certificate()))
          .contains("write http://");
    }
  }

  @Test
  void shouldSayThatTheCertificateHasExpired() throws Exception {
    TestCertificates expired = authority.issueExpired(folder, "expired", "dns:localhost");
    try (LocalInfluxDb old =
        LocalInfluxDb.startHttps(folder.resolve("old"), expired.certificate(), expired.key())) {
      assertProblem(connection("https", old.port(), authority.certificate()))
          .contains("has expired");
    }
  }
}
