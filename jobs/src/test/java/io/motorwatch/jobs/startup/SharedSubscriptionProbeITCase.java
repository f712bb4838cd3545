package io.motorwatch.jobs.startup;

import static org.assertj.core.api.Assertions.assertThat;

import io.motorwatch.jobs.startup.SharedSubscriptionProbe.Answer;
import io.motorwatch.local.FreePort;
import io.motorwatch.local.LocalMosquitto;
import io.motorwatch.local.Mqtt311OnlyBroker;
import io.motorwatch.local.TcpProxy;
import io.motorwatch.mqtt.BrokerAddress;
import io.motorwatch.mqtt.MqttVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SharedSubscriptionProbeITCase {

  @TempDir Path folder;

  private static Answer ask(String uri) throws Exception {
    return SharedSubscriptionProbe.ask(BrokerAddress.of(uri), MqttVersion.AUTO);
  }

  @Test
  void findsABrokerThatSharesByEitherVersion() throws Exception {
    try (LocalMosquitto broker = LocalMosquitto.start(folder);
        Mqtt311OnlyBroker old = new Mqtt311OnlyBroker(broker.port())) {
      assertThat(ask(broker.uri())).isEqualTo(Answer.SHARES);
      assertThat(ask(old.uri())).isEqualTo(Answer.SHARES);
    }
  }

  @Test
  void findsABrokerThatTakesASharedSubscriptionForAnOrdinaryOne() throws Exception {
    try (LocalMosquitto broker = LocalMosquitto.start(folder);
        TcpProxy unsharing = TcpProxy.unsharing(broker.port())) {
      assertThat(ask(unsharing.uri())).isEqualTo(Answer.DOES_NOT_SHARE);
    }
  }

  @Test
  void leavesItOpenWhereTheProbeIsForbidden() throws Exception {
    Path acl = Files.writeString(folder.resolve("acl"), "topic readwrite site/#\n");
    List<String> strict = List.of("allow_anonymous true", "acl_file " + acl);
    try (LocalMosquitto broker =
        LocalMosquitto.start(folder.resolve("strict"), FreePort.find(), strict)) {
      assertThat(ask(broker.uri())).isEqualTo(Answer.UNCERTAIN);
    }
  }
}
