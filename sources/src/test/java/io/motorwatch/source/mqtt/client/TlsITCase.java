package io.motorwatch.source.mqtt.client;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.motorwatch.local.FreePort;
import io.motorwatch.local.LocalMosquitto;
import io.motorwatch.local.TestCertificates;
import io.motorwatch.model.connection.PemTls;
import io.motorwatch.model.connection.TlsFiles;
import io.motorwatch.mqtt.BrokerAddress;
import io.motorwatch.mqtt.MqttUnreachableException;
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

  private TestCertificates server;
  private @Nullable LocalMosquitto broker;
  private final int tlsPort = FreePort.find();

  @BeforeEach
  void makeServerCertificate() throws Exception {
    server = TestCertificates.make(folder, "server", "RSA", "ip:127.0.0.1");
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

  private static TlsFiles trusting(TestCertificates ca) {
    return new TlsFiles(ca.certificate().toString(), null, null, true);
  }

  @Test
  void trustsTheConfiguredCa() throws Exception {
    startBroker();
    assertThatCode(connecting("127.0.0.1", trusting(server))).doesNotThrowAnyException();
  }

  @Test
  void refusesAServerOfAnotherCa() throws Exception {
    TestCertificates other = TestCertificates.make(folder, "other", "RSA", "ip:127.0.0.1");
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
    TestCertificates client = TestCertificates.make(folder, "client", algorithm, "dns:client");
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

  @Test
  void saysSoWhenTheKeyIsAnotherCertificatesBeforeItConnects() throws Exception {
    for (String algorithm : List.of("RSA", "EC")) {
      TestCertificates one =
          TestCertificates.make(folder, "one-" + algorithm, algorithm, "dns:one");
      TestCertificates two = TestCertificates.make(folder, "two-" + algorithm, "RSA", "dns:two");
      TlsFiles mixed = new TlsFiles(null, one.certificate().toString(), two.key().toString(), true);
      // No broker is there: nothing but the files is needed to know.
      assertThatThrownBy(() -> PemTls.load(mixed))
          .hasMessageContaining(two.key().toString())
          .hasMessageContaining("does not belong to the certificate in " + one.certificate());
    }
  }

  @Test
  void saysWhenACertificateExpired() throws Exception {
    TestCertificates old = TestCertificates.expired(folder, "old", "RSA", "ip:127.0.0.1");
    TlsFiles ours = new TlsFiles(null, old.certificate().toString(), old.key().toString(), true);
    assertThatThrownBy(() -> PemTls.load(ours))
        .hasMessageContaining("our certificate " + old.certificate() + " expired on 20");
    // One that signed itself would be trusted however old it is.
    TestCertificates ca = server;
    server = ca.issueExpired(folder, "server-old", "ip:127.0.0.1");
    startBroker();
    assertThatThrownBy(connecting("127.0.0.1", trusting(ca)))
        .hasMessageContaining("the broker's certificate expired on ");
  }

  @Test
  void saysThatTheBrokerWantsAClientCertificate() throws Exception {
    TestCertificates client = TestCertificates.make(folder, "client", "RSA", "dns:client");
    TestCertificates other = TestCertificates.make(folder, "other", "RSA", "dns:other");
    startBroker("cafile " + client.certificate(), "require_certificate true");
    assertThatThrownBy(connecting("127.0.0.1", trusting(server)))
        .hasMessageContaining("wants a client certificate")
        .hasMessageContaining("mqtt.tls.cert");
    TlsFiles wrong =
        new TlsFiles(
            server.certificate().toString(),
            other.certificate().toString(),
            other.key().toString(),
            true);
    assertThatThrownBy(connecting("127.0.0.1", wrong))
        .hasMessageContaining("does not accept our certificate " + other.certificate());
  }

  @Test
  void takesCertificateAndKeyFromOneFileInAnyOrder() throws Exception {
    TestCertificates client = TestCertificates.make(folder, "client", "EC", "dns:client");
    startBroker("cafile " + client.certificate(), "require_certificate true");
    List<String> key = Files.readAllLines(client.key());
    List<String> certificate = Files.readAllLines(client.certificate());
    List<String> all = new ArrayList<>(key);
    all.addAll(certificate);
    Path keyFirst = Files.write(folder.resolve("key-first.pem"), all);
    all = new ArrayList<>(certificate);
    all.addAll(key);
    Path keyLast = Files.write(folder.resolve("key-last.pem"), all);
    for (Path combined : List.of(keyFirst, keyLast)) {
      TlsFiles one = new TlsFiles(server.certificate().toString(), combined.toString(), null, true);
      assertThatCode(connecting("127.0.0.1", one)).doesNotThrowAnyException();
    }
    TlsFiles without =
        new TlsFiles(server.certificate().toString(), client.certificate().toString(), null, true);
    assertThatThrownBy(connecting("127.0.0.1", without))
        .hasMessageContaining(client.certificate() + " holds a certificate and no private key");
  }

  @Test
  void saysWhichSideDoesNotSpeakTls() throws Exception {
    startBroker();
    BrokerAddress plainToTls = BrokerAddress.of("tcp://127.0.0.1:" + tlsPort);
    assertThatThrownBy(() -> MqttProbe.connectOnce(plainToTls, Duration.ofSeconds(10)))
        .hasMessageContaining("whether this port expects TLS (ssl://)");
    BrokerAddress tlsToPlain =
        new BrokerAddress(URI.create("ssl://127.0.0.1:" + broker.port()), null, trusting(server));
    assertThatThrownBy(() -> MqttProbe.connectOnce(tlsToPlain, Duration.ofSeconds(10)))
        .isInstanceOf(MqttUnreachableException.class)
        .hasMessageContaining("no TLS connection to ssl://127.0.0.1:" + broker.port());
  }
}
