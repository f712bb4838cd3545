package io.motorwatch.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.motorwatch.mqtt.VersionChoice.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VersionChoiceTest {

  private final VersionChoice choice = new VersionChoice(MqttVersion.AUTO);

  @ParameterizedTest
  @EnumSource(
      value = Failure.class,
      names = {"VERSION_REFUSED", "NO_ANSWER"})
  void triesTheOlderVersionAtOnceAndKeepsItOnceAccepted(Failure how) {
    assertThat(choice.version()).isEqualTo(MqttVersion.V5);
    assertThat(choice.failed(how)).isTrue();
    assertThat(choice.version()).isEqualTo(MqttVersion.V3);
    assertThat(choice.accepted()).isTrue();
    assertThat(choice.failed(how)).isFalse();
    assertThat(choice.accepted()).isFalse();
    assertThat(choice.version()).isEqualTo(MqttVersion.V3);
  }

  @Test
  void goesBackToTheNewerWhereTheOlderIsNotAnsweredEither() {
    choice.failed(Failure.NO_ANSWER);
    assertThat(choice.failed(Failure.NO_ANSWER)).isFalse();
    assertThat(choice.version()).isEqualTo(MqttVersion.V5);
    assertThat(choice.accepted()).isFalse();
  }

  @Test
  void neverAsksABrokerByAnotherVersionThanTheOneItAccepted() {
    choice.accepted();
    for (Failure how : Failure.values()) {
      assertThat(choice.failed(how)).isFalse();
    }
    assertThat(choice.version()).isEqualTo(MqttVersion.V5);
  }

  @Test
  void leavesAChosenVersionAlone() {
    for (MqttVersion wanted : new MqttVersion[] {MqttVersion.V3, MqttVersion.V5}) {
      VersionChoice chosen = new VersionChoice(wanted);
      assertThat(chosen.failed(Failure.VERSION_REFUSED)).isFalse();
      assertThat(chosen.version()).isEqualTo(wanted);
      assertThat(chosen.accepted()).isFalse();
    }
  }
}
