package io.motorwatch.tools.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.motorwatch.jobs.config.ConfigException;
import io.motorwatch.model.Attributes;
import io.motorwatch.model.DeviceId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NameplatesTest {

  private static final DeviceId PUMP = new DeviceId("plant", "pump-1");

  @TempDir Path folder;

  private Path file(String text) throws Exception {
    return Files.writeString(folder.resolve("devices.yaml"), text);
  }

  @Test
  void anEntryWithoutAStarCountsBeforeAllOthersThenTheFirstThatFits() throws Exception {
    Nameplates nameplates =
        Nameplates.NONE.withFile(
            file(
                """
                plant/*: {ratedCurrent: 5, motorType: fan}
                "*/pump-*": {ratedCurrent: 6}
                plant/pump-1: {ratedCurrent: "7.5", running: true}
                """));
    assertThat(nameplates.of(PUMP).numbers())
        .isEqualTo(Map.of("ratedCurrent", 7.5, "running", 1.0));
    assertThat(nameplates.of(new DeviceId("plant", "fan")).texts())
        .containsEntry("motorType", "fan");
    assertThat(nameplates.of(new DeviceId("b", "pump-2")).numbers())
        .isEqualTo(Map.of("ratedCurrent", 6.0));
    assertThat(nameplates.of(new DeviceId("b", "x")).isEmpty()).isTrue();
  }

  @Test
  void whatIsGivenForAllCountsBeforeAFileAndThatBeforeWhatWasPublished() throws Exception {
    Attributes published = new Attributes(Map.of("a", 1.0, "b", 1.0, "c", 1.0), Map.of(), Map.of());
    Nameplates nameplates =
        Nameplates.NONE
            .withPublished(Map.of(PUMP, published))
            .withFile(file("{\"plant/pump-1\": {\"a\": 2, \"b\": \"two\"}}"))
            .withAll(Map.of("a", 3.0));
    assertThat(nameplates.of(PUMP).numbers()).isEqualTo(Map.of("a", 3.0, "c", 1.0));
    assertThat(nameplates.of(PUMP).texts()).isEqualTo(Map.of("b", "two"));
  }

  @Test
  void aFileThatIsNoneIsRefusedWithItsPlace() throws Exception {
    for (String text : new String[] {"pump-1: {a: 1}", "plant/pump-1: 5", "[1]"}) {
      Path file = file(text);
      assertThatThrownBy(() -> Nameplates.NONE.withFile(file))
          .isInstanceOf(ConfigException.class)
          .hasMessageStartingWith(file + ":1:1: must be site/device: {name: value, …}");
    }
  }
}
