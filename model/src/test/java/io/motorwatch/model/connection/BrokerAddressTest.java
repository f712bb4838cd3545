package io.motorwatch.model.connection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BrokerAddressTest {

  @ParameterizedTest
  @CsvSource({
    "ws://b,              ws://b/mqtt",
    "ws://b:8080/,        ws://b:8080/mqtt",
    "wss://b/devices,     wss://b/devices",
    "wss://b/a/b/?k=v,    wss://b/a/b/?k=v",
    "wss://b?k=v%26w,     wss://b/mqtt?k=v%26w",
    "wss://b:443/?k=v,    wss://b:443/mqtt?k=v",
    "ws://[::1]:80/a%20b, ws://[::1]:80/a%20b"
  })
  void isFoundAtMqttUnlessItNamesAPath(String given, String expected) {
    assertThat(BrokerAddress.of(given).webSocketUri()).hasToString(expected);
  }
}
