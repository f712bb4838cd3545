package io.motorwatch.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a rejection keeps of a payload. */
class RejectionTest {

  private static String kept(String payload) {
    return new Rejection(RejectReason.MALFORMED, "plant", "", "t", "d", payload, 0).payload();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @ParameterizedTest(name = "of {0}")
  @ValueSource(strings = {"x", "ä", "€", "😀"})
  void keepsAtMost1024BytesAndWholeCharacters(String character) {
    int width = utf8(character).length;
    for (int before = 0; before < width; before++) {
      String payload = "x".repeat(before) + character.repeat(2_000);
      String expected = "x".repeat(before) + character.repeat((1024 - before) / width);
      assertThat(kept(payload)).isEqualTo(expected);
      assertThat(Rejection.excerpt(utf8(payload))).isEqualTo(expected);
    }
  }

  @ParameterizedTest(name = "of {0}")
  @ValueSource(strings = {"x", "ä", "€", "😀"})
  void keepsWhatFitsAsItIs(String character) {
    String payload = character.repeat(1024 / utf8(character).length);
    assertThat(kept(payload)).isEqualTo(payload);
    assertThat(Rejection.excerpt(utf8(payload))).isEqualTo(payload);
  }

  @ParameterizedTest(name = "byte {0}")
  @ValueSource(bytes = {(byte) 0x80, (byte) 0xBF, (byte) 0xC3, (byte) 0xF0, (byte) 0xFF})
  void keepsTheBeginningAlsoOfWhatIsNoUtf8(byte wrong) {
    for (int length : new int[] {1024, 1025, 5_000}) {
      byte[] payload = new byte[length];
      Arrays.fill(payload, wrong);
      payload[0] = 'x';
      payload[1] = 'x';
      String kept = Rejection.excerpt(payload);
      assertThat(kept).isEqualTo("xx" + "\uFFFD".repeat(340));
    }
  }
}
