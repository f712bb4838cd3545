package io.motorwatch.source.mqtt.client;

/** The versions of MQTT a connection can speak. */
public enum Protocol {
  MQTT_5(5),
  /** No Receive Maximum, no user properties, no say in when retained messages are sent. */
  MQTT_3_1_1(4);

  private final int level;

  Protocol(int level) {
    this.level = level;
  }

  /** The protocol level in CONNECT. */
  int level() {
    return level;
  }

  /** Whether packets have properties, and answers have reason codes. */
  boolean hasProperties() {
    return this == MQTT_5;
  }

  @Override
  public String toString() {
    return this == MQTT_5 ? "MQTT 5" : "MQTT 3.1.1";
  }
}
