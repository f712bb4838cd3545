package io.motorwatch.source.decode;

import io.motorwatch.model.DeviceEvent;
import io.motorwatch.model.Reading;
import io.motorwatch.model.Rejection;
import io.motorwatch.model.UnusableValues;
import io.motorwatch.source.mqtt.MqttMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps what a decoder gives. */
final class Collected implements MessageDecoder.Output {

  static final String TELEMETRY = "site/a/device/m-1/telemetry";
  static final long ARRIVED = 1_710_000_000_500L;

  final List<DeviceEvent> events = new ArrayList<>();
  final List<Rejection> rejections = new ArrayList<>();
  final List<String> documents = new ArrayList<>();
  int dropped;

  static MessageDecoder decoder(SignatureVerifier verifier) {
    return new MessageDecoder(
        List.of(TopicTemplate.parse("site/{site}/device/{device}")),
        verifier,
        MessageDecoder.DEFAULT_MAX_PAYLOAD_BYTES);
  }

  static MqttMessage message(String topic, byte[] payload, @Nullable String hmac) {
    return new MqttMessage(topic, payload, false, 1, hmac, ARRIVED);
  }

  static Collected of(String topic, String payload) {
    return of(decoder(SignatureVerifier.NONE), topic, payload, null);
  }

  static Collected of(MessageDecoder decoder, String topic, String payload, @Nullable String hmac) {
    Collected collected = new Collected();
    byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
    decoder.decode(message(topic, bytes, hmac), collected);
    return collected;
  }

  static Collected telemetry(String payload) {
    return of(TELEMETRY, payload);
  }

  Reading reading(int index) {
    return readings().get(index);
  }

  List<Reading> readings() {
    return events.stream().filter(Reading.class::isInstance).map(Reading.class::cast).toList();
  }

  /** Each member that could not be used, as it is reported to a person. */
  List<String> unusable() {
    return events.stream()
        .filter(UnusableValues.class::isInstance)
        .flatMap(event -> ((UnusableValues) event).members().stream())
        .map(member -> member.name() + " " + member.what())
        .toList();
  }

  List<String> details() {
    return rejections.stream().map(Rejection::detail).toList();
  }

  static Collected telemetry(byte[] payload) {
    Collected collected = new Collected();
    decoder(SignatureVerifier.NONE).decode(message(TELEMETRY, payload, null), collected);
    return collected;
  }

  @Override
  public void event(DeviceEvent event) {
    events.add(event);
  }

  @Override
  public void rejected(Rejection rejection) {
    rejections.add(rejection);
  }

  @Override
  public void dropped(int values) {
    dropped += values;
  }

  @Override
  public void patterns(String document) {
    documents.add(document);
  }
}
