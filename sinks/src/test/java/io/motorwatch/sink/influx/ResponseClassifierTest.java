package io.motorwatch.sink.influx;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResponseClassifierTest {

  @ParameterizedTest(name = "{0} {1} means {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "200 | '' | SUCCESS",
        "204 | '' | SUCCESS",
        "0 | Connection refused | RETRY",
        "408 | '' | RETRY",
        "429 | too many | RETRY",
        "500 | timeout | RETRY",
        "500 | engine: cache-max-memory-size exceeded: (1/1) | RETRY",
        "500 | retention policy not found: hot | FATAL",
        "502 | '' | RETRY",
        "503 | '' | RETRY",
        "504 | '' | RETRY",
        "413 | Request Entity Too Large | TOO_LARGE",
        "400 | partial write: points beyond retention policy dropped=3 | BEYOND_RETENTION",
        "422 | failure writing points to database: partial write: points beyond retention policy"
            + " dropped=3 | BEYOND_RETENTION",
        "422 | failure writing points to database: partial write: dropped 4 points outside"
            + " retention policy of duration 24h0m0s - oldest point m at 1970-01-01T00:00:01.541Z"
            + " dropped because | BEYOND_RETENTION",
        "400 | unable to parse 'x': missing fields | REFUSED",
        "400 | partial write: field type conflict: input field dropped=1 | REFUSED",
        "422 | partial write: field type conflict | REFUSED",
        "400 | unable to parse 'm d=\"points beyond retention policy\"': missing time | REFUSED",
        "400 | unable to parse 'm partial write: points beyond retention policy dropped=3 | REFUSED",
        "401 | authorization failed | FATAL",
        "403 | not authorized | FATAL",
        "404 | database not found: x | FATAL",
        "302 | moved | FATAL",
        "405 | method not allowed | FATAL",
      })
  void shouldClassify(int status, String message, WriteOutcome outcome) {
    assertThat(ResponseClassifier.classify(WriteResponse.of(status, message))).isEqualTo(outcome);
  }

  @ParameterizedTest(name = "dropped={0} of 100 counts as {1}")
  @CsvSource({"12,12", "0,1", "100,100", "101,100", "99999999999999999999999,100"})
  void shouldReadDroppedCountsAsALowerBoundWithinTheRequest(String said, int counted) {
    for (String words :
        new String[] {
          "partial write: points beyond retention policy dropped=" + said,
          "failure writing points to database: partial write: dropped "
              + said
              + " points outside retention policy of duration 1h0m0s - oldest point m at"
        }) {
      assertThat(ResponseClassifier.droppedPoints(WriteResponse.of(400, words), 100))
          .as(words)
          .isEqualTo(counted);
    }
  }

  @Test
  void shouldReadRetryAfterInBothForms() {
    Instant now = Instant.parse("2024-12-05T10:30:00Z");
    assertThat(ResponseCapture.parseRetryAfter("7", now)).isEqualTo(Duration.ofSeconds(7));
    assertThat(ResponseCapture.parseRetryAfter("Thu, 5 Dec 2024 10:30:09 GMT", now))
        .isEqualTo(Duration.ofSeconds(9));
    assertThat(ResponseCapture.parseRetryAfter("Thu, 5 Dec 2024 10:29:00 GMT", now)).isNull();
    assertThat(ResponseCapture.parseRetryAfter("soon", now)).isNull();
  }

  @Test
  void shouldFindTheWordsInEveryGenerationsErrorBody() {
    assertThat(ErrorBody.parse("{\"error\":\"database not found: \\\"x\\\"\"}").message())
        .isEqualTo("database not found: \"x\"");
    assertThat(
            ErrorBody.parse("{\"code\":\"invalid\",\"message\":\"unable to parse\",\"line\":3}")
                .message())
        .isEqualTo("unable to parse");
    assertThat(ErrorBody.parse("<html>Bad gateway</html>").message())
        .isEqualTo("<html>Bad gateway</html>");
    assertThat(ErrorBody.parse("{\"error\":").message()).isEqualTo("{\"error\":");
  }
}
