package io.motorwatch.sink.influx;

import java.math.BigInteger;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The meaning of an answer, for every generation of InfluxDB. Pure. */
final class ResponseClassifier {

  /**
   * The whole of what says that all the rest is stored: 1.x and 2.x, and 2.x from 2.7.12 on, which
   * goes on with the points it dropped. A line that cannot be parsed is quoted and may hold any
   * words.
   */
  private static final Pattern BEYOND_RETENTION =
      Pattern.compile(
          "(?:failure writing points to database: )?partial write: "
              + "(?:points beyond retention policy dropped=(\\d+)"
              + "|dropped (\\d+) points outside retention policy of duration .*)",
          Pattern.DOTALL);

  private static final String MISSING =
      "the database, retention policy or bucket is missing: set influx.provision: true or create it";

  private ResponseClassifier() {}

  static WriteOutcome classify(WriteResponse response) {
    int status = response.status();
    if (status >= 200 && status < 300) {
      return WriteOutcome.SUCCESS;
    }
    return switch (status) {
      case WriteResponse.NO_ANSWER, 408, 425, 429 -> WriteOutcome.RETRY;
      case 413 -> WriteOutcome.TOO_LARGE;
      case 400, 422 -> ofPoints(response);
      // 1.x reports a retention policy that does not exist as if it were its own failure.
      case 500 ->
          says(response, "retention policy not found") ? WriteOutcome.FATAL : WriteOutcome.RETRY;
      // Redirects and every other client error: an address or a proxy is wrong, not the points.
      default -> status > 500 ? WriteOutcome.RETRY : WriteOutcome.FATAL;
    };
  }

  private static WriteOutcome ofPoints(WriteResponse response) {
    if (response.source() == WriteResponse.Source.OTHER) {
      // A firewall that refuses everything, or a port that speaks TLS: no point is at fault.
      return WriteOutcome.RETRY;
    }
    return BEYOND_RETENTION.matcher(response.message()).matches()
        ? WriteOutcome.BEYOND_RETENTION
        : WriteOutcome.REFUSED;
  }

  /**
   * How many points the server says it dropped; at least one, since its counts are incomplete.
   *
   * @param sent how many points the request had, and the most that comes back
   */
  static int droppedPoints(WriteResponse response, int sent) {
    Matcher matcher = BEYOND_RETENTION.matcher(response.message());
    if (!matcher.matches()) {
      return 1;
    }
    String digits = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
    return new BigInteger(digits).max(BigInteger.ONE).min(BigInteger.valueOf(sent)).intValue();
  }

  /** What a person has to do about a fatal answer. */
  static String advice(WriteResponse response) {
    return switch (response.status()) {
      case 401 -> "check influx.token, or influx.username and influx.password";
      case 403 -> "the token or user may not write there: check its permissions";
      case 404 ->
          says(response, "organization name")
              ? "check influx.org"
              : MISSING + "; if the address is right, check influx.api";
      case 500 -> MISSING;
      default -> "check influx.url and influx.api";
    };
  }

  private static boolean says(WriteResponse response, String words) {
    return response.message().toLowerCase(Locale.ROOT).contains(words);
  }
}
