package io.motorwatch.source.mqtt.reader;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReceiveWindowMonitorTest {

  private final ReceiveWindowMonitor watch = new ReceiveWindowMonitor(65_534);

  @Test
  void warnsOnceOfAFullWindowThoughTheBrokerOverfillsIt() {
    assertThat(watch.observe(70_000)).isNull();
    assertThat(watch.observe(81_000)).isNull();
    assertThat(watch.observe(66_000)).contains("window of 65534");
    assertThat(watch.observe(90_000)).isNull();
  }

  @Test
  void warnsAgainOnceTheWindowWasNotFullInBetween() {
    for (int episode = 0; episode < 2; episode++) {
      assertThat(watch.observe(10)).isNull();
      assertThat(watch.observe(65_534)).isNull();
      assertThat(watch.observe(65_534)).isNull();
      assertThat(watch.observe(65_534)).contains("is full");
    }
  }

  @Test
  void saysNothingOfDevicesThatHappenToSendAsManyAsABrokersUsualLimit() {
    for (int checkpoint = 0; checkpoint < 10; checkpoint++) {
      assertThat(watch.observe(20)).isNull();
    }
  }
}
