package io.motorwatch.mqtt;

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

  @ParameterizedTest
  @CsvSource({
    "mqtt://b,          tcp://b:1883",
    "mqtt://b:1884,     tcp://b:1884",
    "mqtts://b,         ssl://b:8883",
    "MQTTS://b:1,       ssl://b:1",
    "tls://b,           ssl://b:8883",
    "b,                 tcp://b:1883",
    "b:1884,            tcp://b:1884",
    "127.0.0.1:1885,    tcp://127.0.0.1:1885",
    "' my_broker:1 ',   tcp://my_broker:1"
  })
  void isUnderstoodAsPeopleWriteIt(String given, String expected) {
    assertThat(BrokerAddress.of(given)).hasToString(expected);
  }
}
