package io.motorwatch.source.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.motorwatch.mqtt.BrokerAddress;
import io.motorwatch.source.mqtt.split.MqttSessionSplit;
import io.motorwatch.source.mqtt.split.Subscription;
import java.time.Duration;
import java.util.List;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MqttSourceBuilderTest {

  private static MqttSourceBuilder builder() {
    return MqttSource.builder()
        .broker(BrokerAddress.of("tcp://localhost"))
        .clientIdPrefix("mw")
        .telemetryFilters(List.of("t/+"))
        .retainedFilters(List.of("r/+"));
  }

  @Test
  void subscribesPlainlyWithOneSession() {
    assertThat(builder().build().sessions())
        .containsExactly(
            MqttSessionSplit.fresh(
                0,
                "mw-0",
                List.of(new Subscription("t/+", false), new Subscription("r/+", true)),
                List.of()));
  }

  @Test
  void sharesTelemetryBetweenSessionsAndReadsRetainedInTheFirst() {
    assertThat(builder().sessions(2).build().sessions())
        .extracting(MqttSessionSplit::subscriptions)
        .containsExactly(
            List.of(new Subscription("$share/mw/t/+", false), new Subscription("r/+", true)),
            List.of(new Subscription("$share/mw/t/+", false)));
  }

  @Test
  void subscribesToAMixedFilterAloneWithOneSession() {
    assertThat(mixed(1).sessions())
        .extracting(MqttSessionSplit::subscriptions)
        .containsExactly(List.of(new Subscription("d/+/+", true), new Subscription("p", true)));
  }

  @Test
  void sharesAMixedFilterAndReadsWhatIsRetainedAmongItInTheFirst() {
    assertThat(mixed(2).sessions())
        .extracting(MqttSessionSplit::subscriptions)
        .containsExactly(
            List.of(
                new Subscription("$share/mw/d/+/+", false),
                new Subscription("p", true),
                new Subscription("d/+/status", true)),
            List.of(new Subscription("$share/mw/d/+/+", false)));
    assertThat(mixed(2).sessions().get(0).readElsewhere("d/1/status")).isFalse();
    assertThat(mixed(2).sessions().get(1).readElsewhere("d/1/status")).isTrue();
    assertThat(mixed(2).sessions().get(1).readElsewhere("d/1/telemetry")).isFalse();
  }

  private static MqttSource mixed(int sessions) {
    return builder()
        .telemetryFilters(List.of())
        .mixedFilters(List.of("d/+/+"), List.of("d/+/status"))
        .retainedFilters(List.of("p"))
        .sessions(sessions)
        .build();
  }

  @Test
  void makesASourceThatCanBeSentToACluster() throws Exception {
    MqttSource source = builder().sessions(3).build();
    assertThat(InstantiationUtil.clone(source).sessions()).isEqualTo(source.sessions());
    assertThat(source.getProducedType().getTypeClass()).isEqualTo(MqttMessage.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 65_535, -1})
  void refusesAReceiveMaximumThatBrokersIgnore(int receiveMaximum) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder().receiveMaximum(receiveMaximum))
        .withMessageContaining("65534");
  }

  @Test
  void refusesValuesOutOfRange() {
    assertThatIllegalArgumentException().isThrownBy(() -> builder().clientIdPrefix("a/b"));
    assertThatIllegalArgumentException().isThrownBy(() -> builder().sessions(0));
    assertThatIllegalArgumentException().isThrownBy(() -> builder().maxQos(3));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder().telemetryFilters(List.of("a/#/b")))
        .withMessageContaining("'a/#/b' is no MQTT topic filter");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder().retainedFilters(List.of("$share/g/a")));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder().reconnectBackoff(Duration.ofSeconds(2), Duration.ofSeconds(1)));
    assertThatIllegalArgumentException().isThrownBy(() -> builder().sessionExpiry(Duration.ZERO));
  }

  @Test
  void refusesToBuildWithoutTheEssentials() {
    assertThatIllegalStateException().isThrownBy(() -> MqttSource.builder().build());
    assertThatIllegalStateException()
        .isThrownBy(() -> builder().telemetryFilters(List.of()).sessions(2).build());
  }
}
