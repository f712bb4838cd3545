package io.motorwatch.source.mqtt.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.motorwatch.local.FreePort;
import io.motorwatch.local.LocalMosquitto;
import io.motorwatch.model.connection.Credentials;
import io.motorwatch.model.connection.Secret;
import io.motorwatch.model.connection.TlsFiles;
import io.motorwatch.mqtt.BrokerAddress;
import io.motorwatch.mqtt.ConnectProblem;
import io.motorwatch.mqtt.MqttUnreachableException;
import io.motorwatch.source.mqtt.client.MqttProbe;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class AccessITCase {

  private static final String PASSWORD = "right-horse";

  @TempDir Path folder;

  private static BrokerAddress as(String uri, String user, String password) {
    return new BrokerAddress(
        URI.create(uri), new Credentials(user, Secret.of(password)), TlsFiles.PLATFORM);
  }

  private static ThrowingCallable probing(BrokerAddress address) {
    return () -> MqttProbe.connectOnce(address, Duration.ofSeconds(5));
  }

  private LocalMosquitto withPassword() throws Exception {
    Path passwords = folder.resolve("passwords");
    int status =
        new ProcessBuilder("mosquitto_passwd", "-c", "-b", passwords.toString(), "ana", PASSWORD)
            .start()
            .waitFor();
    assertThat(status).isZero();
    return LocalMosquitto.start(
        folder, FreePort.find(), List.of("allow_anonymous false", "password_file " + passwords));
  }

  @Test
  void letsTheRightPasswordInAndTellsAWrongOneWithoutPrintingIt() throws Exception {
    try (LocalMosquitto broker = withPassword()) {
      MqttProbe.connectOnce(as(broker.uri(), "ana", PASSWORD), Duration.ofSeconds(5));
      assertThatThrownBy(probing(as(broker.uri(), "ana", "wrong-horse")))
          .isInstanceOf(MqttUnreachableException.class)
          .hasMessageContaining(broker.uri())
          .hasMessageContaining("user 'ana'")
          .hasMessageContaining("check user name, password")
          .hasMessageNotContaining("horse")
          .satisfies(e -> assertThat(((MqttUnreachableException) e).worthRetrying()).isFalse());
      assertThatThrownBy(probing(BrokerAddress.of(broker.uri())))
          .hasMessageContaining("no user name was given");
    }
  }

  @Test
  void keepsTryingAWrongPasswordAndCountsIt() throws Exception {
    try (LocalMosquitto broker = withPassword();
        Fixture session =
            Fixture.start(Fixture.options(as(broker.uri(), "ana", "wrong"), 10), false)) {
      await().until(() -> session.recorded.problems(ConnectProblem.Kind.NOT_AUTHORIZED) > 1);
    }
  }

  @Test
  void namesTheAddressWhereNothingListens() {
    String uri = "tcp://127.0.0.1:" + FreePort.find();
    assertThatThrownBy(probing(BrokerAddress.of(uri)))
        .isInstanceOf(MqttUnreachableException.class)
        .hasMessage(
            "nothing listens at " + uri + ": check that the broker runs, and its address and port")
        .satisfies(e -> assertThat(((MqttUnreachableException) e).worthRetrying()).isTrue());
  }

  @Test
  void namesAnUnknownHost() {
    assertThatThrownBy(probing(BrokerAddress.of("tcp://no-such-host.invalid:1883")))
        .hasMessageContaining("host no-such-host.invalid of")
        .hasMessageContaining("is unknown");
  }

  @Test
  void failsWithTheFiltersWhenASubscriptionIsDenied() throws Exception {
    Path plugin =
        Stream.of("/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib")
            .map(lib -> Path.of(lib, "mosquitto_dynamic_security.so"))
            .filter(Files::exists)
            .findFirst()
            .orElse(null);
    Assumptions.assumeTrue(plugin != null, "Mosquitto's dynamic security plugin is not installed");
    Path rules = folder.resolve("rules.json");
    // Mosquitto's plain ACL file grants every SUBSCRIBE and filters later; only this plugin denies.
    Files.writeString(
        rules,
        """
        {"defaultACLAccess":{"publishClientSend":true,"publishClientReceive":true,
         "subscribe":false,"unsubscribe":true},
         "anonymousGroup":"guests","groups":[{"groupname":"guests","roles":[{"rolename":"r"}]}],
         "roles":[{"rolename":"r","acls":[{"acltype":"subscribePattern","topic":"t/#",
         "priority":1,"allow":true}]}],"clients":[]}
        """);
    try (LocalMosquitto broker =
            LocalMosquitto.start(
                folder,
                FreePort.find(),
                List.of(
                    "allow_anonymous true",
                    "plugin " + plugin,
                    "plugin_opt_config_file " + rules));
        Fixture session =
            Fixture.start(Fixture.options(BrokerAddress.of(broker.uri()), 10), false)) {
      assertThat(session.awaitFailure())
          .contains("denies a subscription")
          .contains(broker.uri())
          .contains("t/+, r/+");
    }
  }
}
