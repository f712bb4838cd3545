package io.motorwatch.source.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.motorwatch.model.DeviceId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicTemplateTest {

  private static final TopicTemplate USUAL = TopicTemplate.parse("site/{site}/device/{device}");

  @ParameterizedTest
  @CsvSource({
    "site/{site}/device/{device}, site/a/device/m-1/telemetry, a, m-1",
    "{device}, m-1/telemetry, default, m-1",
    "/plant/{device}/x, /plant/m-1/x/telemetry, default, m-1",
    "v1/{device}/at/{site}, v1/m 1/at/ä/telemetry, ä, m 1",
    "plant/{device}/telemetry, plant/m-1/telemetry, default, m-1"
  })
  void extractsSiteAndDevice(String template, String topic, String site, String device) {
    assertThat(TopicTemplate.parse(template).match(topic))
        .isEqualTo(new DeviceTopic(new DeviceId(site, device), DeviceTopic.Kind.TELEMETRY));
  }

  @ParameterizedTest
  @CsvSource({
    "site/{site}/device/{device}, site/a/device/{device}, true",
    "a/{device}, {site}/{device}, true",
    "a/{device}, {device}/b, true",
    "a/{device}, b/{device}, false",
    "a/{device}, a/{device}/x, false"
  })
  void findsOverlaps(String one, String other, boolean overlap) {
    assertThat(TopicTemplate.parse(one).overlaps(TopicTemplate.parse(other))).isEqualTo(overlap);
    assertThat(TopicTemplate.parse(other).overlaps(TopicTemplate.parse(one))).isEqualTo(overlap);
  }

  @Test
  void tellsTheKindsApart() {
    for (DeviceTopic.Kind kind : DeviceTopic.Kind.values()) {
      assertThat(USUAL.match("site/a/device/b/" + kind.level()))
          .isEqualTo(new DeviceTopic(new DeviceId("a", "b"), kind));
    }
    assertThat(USUAL.match("site/a/device/b/Telemetry"))
        .isEqualTo(new DeviceTopic(new DeviceId("a", "b"), DeviceTopic.Kind.OTHER));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "site/a/device/b",
        "site/a/device/b/telemetry/x",
        "site/a/device//telemetry",
        "site//device/b/telemetry",
        "Site/a/device/b/telemetry",
        "/site/a/device/b/telemetry"
      })
  void doesNotMatchOtherTopics(String topic) {
    assertThat(USUAL.match(topic)).isNull();
  }

  @Test
  void subscribesWithWildcardsForPlaceholders() {
    assertThat(USUAL.telemetryFilter()).isEqualTo("site/+/device/+/telemetry");
    assertThat(USUAL.retainedFilters())
        .containsExactly("site/+/device/+/status", "site/+/device/+/attributes");
    assertThat(USUAL.everyFilter()).isEqualTo("site/+/device/+/+");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | level 1 is empty",
        "site/{site} | needs the level {device} exactly once",
        "{device}/{device} | needs the level {device} exactly once",
        "{site}/{site}/{device} | {site} more than once",
        "a//{device} | level 2 is empty",
        "{device}/ | level 2 is empty",
        "a/x{device} | neither {site} nor {device}",
        "a/{area}/{device} | neither {site} nor {device}",
        "+/{device} | wildcard",
        "{device}/# | wildcard",
        "$SYS/{device} | broker's own"
      })
  void refusesBadTemplatesInClearWords(String template, String words) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TopicTemplate.parse(template))
        .withMessageContaining("'" + template + "'")
        .withMessageContaining(words);
  }
}
