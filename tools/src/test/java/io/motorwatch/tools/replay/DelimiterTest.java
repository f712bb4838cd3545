package io.motorwatch.tools.replay;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DelimiterTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '\u0001',
      value = {
        "time;a;b # ;",
        "time,a,b # ,",
        "time|a|b # |",
        "time;a,b # ;",
        "\"time;of;day\",a # ,",
        "time # ;",
      })
  void isWhatTheHeaderHasMostOfOutsideOfQuotes(String header, String delimiter) {
    assertThat(Delimiter.of(header)).isEqualTo(delimiter);
  }

  @ParameterizedTest
  @CsvSource({"time\ta\tb"})
  void isATabulatorToo(String header) {
    assertThat(Delimiter.of(header)).isEqualTo("\t");
  }
}
