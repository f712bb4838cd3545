package io.motorwatch.source.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.motorwatch.model.DeviceEvent;
import io.motorwatch.model.Reading;
import io.motorwatch.model.Rejection;
import io.motorwatch.model.connection.Secret;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MessageDecoderFuzzTest {

  private static final int ROUNDS = 60_000;

  private static final List<String> SEEDS =
      List.of(
          "{\"timestamp\":1710000000000,\"current\":9.4,\"speed\":1478,\"seq\":4711}",
          "{\"deviceId\":\"m-1\",\"timestamp\":\"2024-12-05T10:30:00.250Z\",\"current\":9.4}",
          "{\"ts\":1710000000000,\"values\":{\"current\":9.4,\"on\":true,\"x\":null}}",
          "[{\"ts\":1,\"a\":1e5},{\"ts\":2,\"a\":-0.0},{\"ts\":3,\"b\":[1,{\"c\":2}]}]",
          "{\"data\":\"{\\\"ts\\\":1,\\\"a\\\":1}\",\"hmac-sha256\":\"00ff\"}",
          "{\"status\":\"online\"}",
          "{\"ratedCurrent\":10.0,\"motorType\":\"p\\u00fcmpe\",\"counters\":[\"a\",\"b\"]}");

  private static final List<String> TOPICS =
      List.of(
          "site/a/device/m-1/telemetry",
          "site/a/device/m-1/telemetry",
          "site/a/device/m-1/status",
          "site/a/device/m-1/attributes",
          "site/b/device/m-1/telemetry",
          "motorwatch/patterns",
          "site//device//telemetry");

  private static final List<String> INSERTS =
      List.of(
          "1e999999999",
          "-1e-999999999",
          "NaN",
          "null",
          "\"",
          "\\",
          "\\uD800",
          "{",
          "}",
          "[",
          "]",
          ",",
          ":",
          "\"ts\":",
          "\"seq\":",
          "\u0000",
          "9".repeat(50),
          "nan",
          "\n{\"ts\":1,\"a\":1}",
          "+",
          "'",
          "\uFEFF",
          "\"values\":{",
          "ü");

  private static final List<String> BAD_VALUES =
      List.of(
          "nan",
          "-nan",
          "NaN",
          "inf",
          "-Infinity",
          "+5",
          ".5",
          "5.",
          "0x1F",
          "1e999",
          "5,3",
          "",
          "-",
          "1..2",
          "5 A",
          "'7'",
          "null",
          "\"\"",
          "\"warm\"",
          "\"\\q\"",
          "{}",
          "[1,nan]",
          "{\"x\":inf}",
          "9".repeat(401),
          "\u0001",
          "\"\u0001\"",
          "ü",
          "1e5e5",
          "0x",
          "nan(1)");

  @Test
  void neverThrowsAndLosesNothingSilently() {
    Random random = new Random(20_261_121);
    MessageDecoder decoder =
        Collected.decoder(
            new HmacVerifier(new SigningKeys(Map.of("b", List.of(Secret.of("key of site b"))))));
    int decoded = 0;
    int rejected = 0;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] payload = mutated(random);
      String topic = TOPICS.get(random.nextInt(TOPICS.size()));
      Collected out = new Collected();
      decoder.decode(Collected.message(topic, payload, null), out);

      decoded += out.events.size();
      rejected += out.rejections.size();
      boolean empty = payload.length == 0;
      assertThat(out.events.size() + out.rejections.size() + out.documents.size() > 0 || empty)
          .as("round %d: something came of it", round)
          .isTrue();
      out.events.forEach(MessageDecoderFuzzTest::checkEvent);
      out.rejections.forEach(MessageDecoderFuzzTest::checkRejection);
    }
    assertThat(decoded).isGreaterThan(ROUNDS / 20);
    assertThat(rejected).isGreaterThan(ROUNDS / 4);
  }

  @Test
  void oneBadMemberOfARandomReadingCostsNoOther() {
    Random random = new Random(20_261_127);
    for (int round = 0; round < ROUNDS / 2; round++) {
      int fields = 2 + random.nextInt(8);
      int bad = random.nextInt(fields);
      StringBuilder json = new StringBuilder("{\"ts\":").append(round);
      for (int i = 0; i < fields; i++) {
        json.append(random.nextBoolean() ? "," : " , \n").append("\"f").append(i).append("\":");
        json.append(i == bad ? BAD_VALUES.get(random.nextInt(BAD_VALUES.size())) : value(i));
      }
      String payload = json.append('}').toString();
      Collected out = Collected.telemetry(random.nextInt(3) == 0 ? "[" + payload + "]" : payload);
      assertThat(out.readings()).as(payload).hasSize(1);
      for (int i = 0; i < fields; i++) {
        double expected = i == bad ? Double.NaN : Double.parseDouble(value(i).replace("\"", ""));
        assertThat(Double.compare(out.reading(0).valueOf("f" + i), expected))
            .as("f%d of %s", i, payload)
            .isZero();
      }
      assertThat(out.unusable()).as(payload).anyMatch(report -> report.startsWith("f" + bad + " "));
    }
  }

  private static String value(int field) {
    return List.of("1", "-0.5", "1e3", "\"7\"", "12.25").get(field % 5);
  }

  private static void checkEvent(DeviceEvent event) {
    assertThat(event.device().site()).isNotEqualTo("b");
    if (event instanceof Reading reading) {
      assertThat(reading.size()).isPositive();
      for (int slot = 0; slot < reading.size(); slot++) {
        assertThat(reading.value(slot)).isFinite();
      }
    }
  }

  private static void checkRejection(Rejection rejection) {
    assertThat(rejection.detail())
        .isNotBlank()
        .hasSizeLessThan(500)
        .doesNotMatch(BadValuesTest.INTERNALS);
  }

  private static byte[] mutated(Random random) {
    StringBuilder text = new StringBuilder(SEEDS.get(random.nextInt(SEEDS.size())));
    for (int edits = random.nextInt(4); edits > 0 && text.length() > 0; edits--) {
      int at = random.nextInt(text.length());
      switch (random.nextInt(4)) {
        case 0 -> text.insert(at, INSERTS.get(random.nextInt(INSERTS.size())));
        case 1 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(6)));
        case 2 -> text.setLength(at);
        default -> text.insert(at, text.substring(at / 2, at));
      }
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    for (int flips = random.nextInt(10) == 0 ? random.nextInt(8) : 0; flips > 0; flips--) {
      if (bytes.length > 0) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
    }
    return bytes;
  }
}
