package io.motorwatch.mqtt;

/** Which versions of MQTT a source may speak. */
public enum MqttVersion {
  /** 5, and 3.1.1 with a broker that refuses 5. */
  AUTO,
  V5,
  /** 3.1.1. */
  V3
}
