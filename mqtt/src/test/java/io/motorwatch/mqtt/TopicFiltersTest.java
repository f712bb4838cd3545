package io.motorwatch.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicFiltersTest {

  @ParameterizedTest
  @CsvSource({
    "a/b, a/b, true",
    "a/b, a/bc, false",
    "a/b, a, false",
    "a, a/b, false",
    "+, a, true",
    "+, a/b, false",
    "+/b, a/b, true",
    "a/+, a/, true",
    "a/+, a, false",
    "a/+/c, a/b/c, true",
    "a/+/c, a/b/d, false",
    "a/+/c, a/b/c/d, false",
    "#, a/b, true",
    "a/#, a, true",
    "a/#, a/b/c, true",
    "a/#, ab, false",
  })
  void coversTopicsAsTheStandardSays(String filter, String topic, boolean covered) {
    assertThat(TopicFilters.matches(filter, topic)).isEqualTo(covered);
  }
}
