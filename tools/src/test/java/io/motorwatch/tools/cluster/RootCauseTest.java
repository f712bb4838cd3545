package io.motorwatch.tools.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RootCauseTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "java.io.IOException: disk full\\n\\tat a.B.c(B.java:1)|disk full",
        "a.B: outer\\n\\tat a.B.c(B.java:1)\\nCaused by: a.C$D: the inner: one\\n\\t... 3 more|the inner: one",
        "a.B: outer\\nCaused by: java.lang.NullPointerException\\n\\tat x|java.lang.NullPointerException",
      })
  void theInnermostMessageIsReported(String trace, String reported) {
    assertThat(RootCause.of(trace.replace("\\n", "\n").replace("\\t", "\t"))).isEqualTo(reported);
  }
}
