package io.motorwatch.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.motorwatch.model.DeviceId;
import io.motorwatch.model.FieldLayout;
import io.motorwatch.model.Reading;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is kept of a reading that is refused. */
class ReadingJsonTest {

  private static Reading reading(String... names) {
    double[] values = new double[names.length];
    Arrays.fill(values, 1.5);
    return new Reading(new DeviceId("plant", "m"), 5, 6, 7, FieldLayout.of(names), values);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"current", "a\"b", "a\\", "a\nb\tc", "\u0000\u001F", "Strom ä 😀", "\u2028"})
  void isJsonWhateverTheFieldsAreCalled(String name) throws Exception {
    JsonNode json = new ObjectMapper().readTree(ReadingJson.excerpt(reading(name, "last")));
    assertThat(json.get("timestamp").asLong()).isEqualTo(5);
    assertThat(json.get("seq").asLong()).isEqualTo(7);
    assertThat(json.get(name).asDouble()).isEqualTo(1.5);
    assertThat(json.get("last").asDouble()).isEqualTo(1.5);
    assertThat(json).hasSize(4);
  }

  @Test
  void isNoLongerThanWhatIsKept() {
    String[] names = new String[5_000];
    Arrays.setAll(names, i -> "field-" + i);
    assertThat(ReadingJson.excerpt(reading(names))).hasSizeBetween(1024, 1100).contains("field-40");
  }
}
