package io.motorwatch.source.decode;

import static io.motorwatch.source.decode.Collected.TELEMETRY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.motorwatch.model.RejectReason;
import io.motorwatch.model.connection.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

class SignatureTest {

  private static final Secret SITE_KEY = Secret.of("key of the site");
  private static final Secret DEVICE_KEY = Secret.of("key of the device");
  private static final String READING = "{\"ts\":1,\"a\":1}";

  private final MessageDecoder bySite = Collected.decoder(new HmacVerifier(Map.of("a", SITE_KEY)));

  private static String sign(Secret key, String topic, String payload) {
    return HmacVerifier.sign(key, topic, payload.getBytes(StandardCharsets.UTF_8));
  }

  private static String envelope(String data, String signature) {
    String escaped = data.replace("\"", "\\\"");
    return "{\"data\":\"" + escaped + "\",\"hmac-sha256\":\"" + signature + "\"}";
  }

  private static void assertRejected(Collected collected) {
    assertThat(collected.events).isEmpty();
    assertThat(collected.rejections)
        .singleElement()
        .extracting(rejection -> rejection.reason())
        .isEqualTo(RejectReason.SIGNATURE);
  }

  @Test
  void signsAsTheContractSays() {
    // printf 'site/a/device/m-1/telemetry\n{"ts":1,"a":1}' | openssl dgst -sha256 -hmac …
    assertThat(sign(SITE_KEY, TELEMETRY, READING))
        .isEqualTo("736f435a43baeac8080728a102c8d0e96dc87f5dbce085664cd72552eb1fcc9b");
  }

  @Test
  void acceptsTheRightSignature() {
    String signature = sign(SITE_KEY, TELEMETRY, READING);
    assertThat(Collected.of(bySite, TELEMETRY, READING, signature).events).hasSize(1);
  }

  @Test
  void rejectsMissingWrongAndForeignSignatures() {
    String right = sign(SITE_KEY, TELEMETRY, READING);
    assertRejected(Collected.of(bySite, TELEMETRY, READING, null));
    assertRejected(Collected.of(bySite, TELEMETRY, READING, ""));
    assertRejected(Collected.of(bySite, TELEMETRY, READING, right.toUpperCase(Locale.ROOT)));
    assertRejected(Collected.of(bySite, TELEMETRY, READING + " ", right));
    assertRejected(Collected.of(bySite, "site/a/device/m-2/telemetry", READING, right));
  }

  @Test
  void guardsStatusAndAttributesToo() {
    assertRejected(
        Collected.of(bySite, "site/a/device/m-1/status", "{\"status\":\"online\"}", null));
    assertRejected(Collected.of(bySite, "site/a/device/m-1/attributes", "", null));
  }

  @Test
  void prefersTheDevicesOwnKey() {
    MessageDecoder decoder =
        Collected.decoder(new HmacVerifier(Map.of("a", SITE_KEY, "a/m-1", DEVICE_KEY)));
    assertRejected(Collected.of(decoder, TELEMETRY, READING, sign(SITE_KEY, TELEMETRY, READING)));
    assertThat(
            Collected.of(decoder, TELEMETRY, READING, sign(DEVICE_KEY, TELEMETRY, READING)).events)
        .hasSize(1);
  }

  @Test
  void verifiesAndOpensTheEnvelope() {
    String signature = sign(SITE_KEY, TELEMETRY, READING);
    Collected right = Collected.of(bySite, TELEMETRY, envelope(READING, signature), null);
    assertThat(right.reading(0).timestamp()).isEqualTo(1);
    String other = "{\"ts\":2,\"a\":1}";
    assertRejected(Collected.of(bySite, TELEMETRY, envelope(other, signature), null));
  }

  @Test
  void opensAnEnvelopeWhereNoKeyIsConfigured() {
    assertThat(Collected.telemetry(envelope(READING, "whatever")).events).hasSize(1);
  }

  @Test
  void leavesOtherSitesAlone() {
    assertThat(Collected.of(bySite, "site/z/device/m-1/telemetry", READING, null).events)
        .hasSize(1);
  }

  @Test
  void worksAfterSerialization() throws Exception {
    HmacVerifier copy = InstantiationUtil.clone(new HmacVerifier(Map.of("a", SITE_KEY)));
    MessageDecoder decoder = Collected.decoder(copy);
    assertThat(Collected.of(decoder, TELEMETRY, READING, sign(SITE_KEY, TELEMETRY, READING)).events)
        .hasSize(1);
  }

  @Test
  void refusesAnEmptyKeyWithoutPrintingOthers() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new HmacVerifier(Map.of("a", Secret.of(""))))
        .withMessageContaining("the signing key of a is empty");
  }
}
