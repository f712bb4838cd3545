package io.motorwatch.source.mqtt.client;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.motorwatch.local.FreePort;
import io.motorwatch.local.LocalMosquitto;
import io.motorwatch.model.connection.BrokerAddress;
import io.motorwatch.model.connection.TlsFiles;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class TlsITCase {

  @TempDir Path folder;

  private TestCertificate server;
  private @Nullable LocalMosquitto broker;
  private final int tlsPort = FreePort.find();

  @BeforeEach
  void makeServerCertificate() throws Exception {
    server = TestCertificate.make(folder, "server", "RSA", "ip:127.0.0.1");
  }

  @AfterEach
  void stopBroker() {
    if (broker != null) {
      broker.close();
    }
  }

  private void startBroker(String... extra) throws Exception {
    List<String> lines = new ArrayList<>();
    lines.add("allow_anonymous true");
    lines.add("listener " + tlsPort + " 127.0.0.1");
    lines.add("certfile " + server.certificate());
    lines.add("keyfile " + server.key());
    lines.addAll(List.of(extra));
    broker = LocalMosquitto.start(folder.resolve("broker"), FreePort.find(), lines);
  }

  private ThrowingCallable connecting(String host, TlsFiles files) {
    BrokerAddress address =
        new BrokerAddress(URI.create("ssl://" + host + ":" + tlsPort), null, files);
    return () -> MqttProbe.connectOnce(address, Duration.ofSeconds(10));
  }

  private static TlsFiles trusting(TestCertificate ca) {
    return new TlsFiles(ca.certificate().toString(), null, null, true);
  }

  @Test
  void trustsTheConfiguredCa() throws Exception {
    startBroker();
    assertThatCode(connecting("127.0.0.1", trusting(server))).doesNotThrowAnyException();
  }

  @Test
  void refusesAServerOfAnotherCa() throws Exception {
    TestCertificate other = TestCertificate.make(folder, "other", "RSA", "ip:127.0.0.1");
    startBroker();
    for (TlsFiles files : List.of(trusting(other), TlsFiles.PLATFORM)) {
      assertThatThrownBy(connecting("127.0.0.1", files))
          .isInstanceOf(MqttUnreachableException.class)
          .hasMessageContaining("no TLS connection to ssl://127.0.0.1:" + tlsPort)
          .hasMessageContaining("check the CA file");
    }
  }

  @Test
  void verifiesTheHostNameUnlessToldNotTo() throws Exception {
    startBroker();
    assertThatThrownBy(connecting("localhost", trusting(server)))
        .hasMessageContaining("no TLS connection to ssl://localhost");
    TlsFiles lax = new TlsFiles(server.certificate().toString(), null, null, false);
    assertThatCode(connecting("localhost", lax)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC"})
  void presentsItsOwnCertificate(String algorithm) throws Exception {
    TestCertificate client = TestCertificate.make(folder, "client", algorithm, "dns:client");
    startBroker("cafile " + client.certificate(), "require_certificate true");
    String ca = server.certificate().toString();
    TlsFiles mutual =
        new TlsFiles(ca, client.certificate().toString(), client.key().toString(), true);
    assertThatCode(connecting("127.0.0.1", mutual)).doesNotThrowAnyException();
    assertThatThrownBy(connecting("127.0.0.1", trusting(server)))
        .isInstanceOf(MqttUnreachableException.class)
        .hasMessageContaining("ssl://127.0.0.1:" + tlsPort);
  }

  @Test
  void namesATlsFileThatIsMissingOrOfAnotherKind() throws Exception {
    String missing = folder.resolve("nowhere.pem").toString();
    startBroker();
    assertThatThrownBy(connecting("127.0.0.1", new TlsFiles(missing, null, null, true)))
        .hasMessageContaining("no TLS connection to ssl://127.0.0.1:" + tlsPort)
        .hasMessageContaining(missing + " does not exist");
    String certificate = server.certificate().toString();
    assertThatThrownBy(
            connecting("127.0.0.1", new TlsFiles(certificate, certificate, certificate, true)))
        .hasMessageContaining(certificate + " holds no whole and unencrypted PKCS#8");
  }

  @Test
  void tellsAKeyThatIsCutShort() throws Exception {
    startBroker();
    String certificate = server.certificate().toString();
    List<String> lines = Files.readAllLines(server.key());
    // Cut short, the last line of Base64 has a single character, which no bytes have.
    for (int line : List.of(lines.size() - 2, lines.size() / 2)) {
      List<String> damaged = new ArrayList<>(lines);
      damaged.set(line, lines.get(line).substring(0, 1));
      Path key = Files.write(folder.resolve("cut.key"), damaged);
      assertThatThrownBy(
              connecting("127.0.0.1", new TlsFiles(certificate, certificate, key.toString(), true)))
          .isInstanceOf(MqttUnreachableException.class)
          .hasMessageContaining("no TLS connection to ssl://127.0.0.1:" + tlsPort)
          .hasMessageContaining(key + " holds a private key that is");
    }
  }
}
