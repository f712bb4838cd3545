package io.motorwatch.source.decode;

import static io.motorwatch.source.decode.Collected.TELEMETRY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.motorwatch.model.RejectReason;
import io.motorwatch.model.connection.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignatureTest {

  private static final Secret SITE_KEY = Secret.of("key of the site");
  private static final Secret DEVICE_KEY = Secret.of("key of the device");
  private static final String READING = "{\"ts\":1,\"a\":1}";

  private final MessageDecoder bySite = Collected.decoder(new HmacVerifier(keys("a", SITE_KEY)));

  private static SigningKeys keys(String owner, Secret... keys) {
    return new SigningKeys(Map.of(owner, List.of(keys)));
  }

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
        Collected.decoder(
            new HmacVerifier(
                new SigningKeys(Map.of("a", List.of(SITE_KEY), "a/m-1", List.of(DEVICE_KEY)))));
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
    for (String owner : List.of("a", "a/m-1")) {
      HmacVerifier copy = InstantiationUtil.clone(new HmacVerifier(keys(owner, SITE_KEY)));
      MessageDecoder decoder = Collected.decoder(copy);
      assertThat(
              Collected.of(decoder, TELEMETRY, READING, sign(SITE_KEY, TELEMETRY, READING)).events)
          .hasSize(1);
    }
  }

  @Test
  void refusesAnEmptyKeyWithoutPrintingOthers() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> keys("a", Secret.of("")))
        .withMessageContaining("the signing key of a is empty");
  }

  @Test
  void acceptsTheOldAndTheNewKeyWhileTheyChange() {
    MessageDecoder decoder = Collected.decoder(new HmacVerifier(keys("a", SITE_KEY, DEVICE_KEY)));
    for (Secret key : List.of(SITE_KEY, DEVICE_KEY)) {
      assertThat(Collected.of(decoder, TELEMETRY, READING, sign(key, TELEMETRY, READING)).events)
          .hasSize(1);
    }
    assertRejected(
        Collected.of(decoder, TELEMETRY, READING, sign(Secret.of("x"), TELEMETRY, READING)));
  }

  @Test
  void readsAChangedFileAgainAndKeepsTheKeysWhileItHasFaults(@TempDir Path folder)
      throws Exception {
    Path file = folder.resolve("keys");
    AtomicLong nanos = new AtomicLong();
    write(file, "# keys\n\na one\n", 1_000);
    KeyFile keys = KeyFile.read(file).withClock(nanos::get);
    MessageDecoder decoder = Collected.decoder(new HmacVerifier(keys));
    write(file, "a  two\tone\n", 2_000);
    assertThat(accepts(decoder, "two")).isFalse();
    nanos.addAndGet(KeyFile.LOOK_EVERY);
    assertThat(accepts(decoder, "two")).isTrue();
    assertThat(accepts(decoder, "one")).isTrue();
    write(file, "a\n", 3_000);
    nanos.addAndGet(KeyFile.LOOK_EVERY);
    assertThat(accepts(decoder, "two")).isTrue();
    Files.delete(file);
    nanos.addAndGet(KeyFile.LOOK_EVERY);
    assertThat(accepts(decoder, "two")).isTrue();
    write(file, "a two\n", 4_000);
    nanos.addAndGet(KeyFile.LOOK_EVERY);
    assertThat(accepts(decoder, "one")).isFalse();
  }

  private static void write(Path file, String text, long changedAt) throws IOException {
    Files.writeString(file, text);
    Files.setLastModifiedTime(file, FileTime.fromMillis(changedAt));
  }

  private static boolean accepts(MessageDecoder decoder, String key) {
    String signature = sign(Secret.of(key), TELEMETRY, READING);
    return !Collected.of(decoder, TELEMETRY, READING, signature).events.isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'a s3cret\n\na/b/c s3cret', line 3",
    "'a', line 1",
    "'a s3cret s3cret2 s3cret3', line 1",
    "'a s3cret\na s3cret2', line 2"
  })
  void namesTheLineOfAFileThatIsAtFaultAndNoKey(String text, String line) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SigningKeys.parse(text))
        .withMessageContaining(line)
        .withMessageNotContaining("s3cret");
  }
}
