package io.motorwatch.sink.influx;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The meaning of an answer, for every generation of InfluxDB. Pure. */
final class ResponseClassifier {

  private static final Pattern DROPPED = Pattern.compile("dropped=(\\d+)");

  private ResponseClassifier() {}

  static Outcome classify(WriteResponse response) {
    int status = response.status();
    if (status >= 200 && status < 300) {
      return Outcome.SUCCESS;
    }
    return switch (status) {
      case WriteResponse.NO_ANSWER, 408, 425, 429 -> Outcome.RETRY;
      case 413 -> Outcome.TOO_LARGE;
      case 400, 422 -> ofPoints(response);
      // 1.x reports a retention policy that does not exist as if it were its own failure.
      case 500 -> says(response, "retention policy not found") ? Outcome.FATAL : Outcome.RETRY;
      // Redirects and every other client error: an address or a proxy is wrong, not the points.
      default -> status > 500 ? Outcome.RETRY : Outcome.FATAL;
    };
  }

  private static Outcome ofPoints(WriteResponse response) {
    if (response.source() == WriteResponse.Source.STRANGER) {
      // A firewall that refuses everything, or a port that speaks TLS: no point is at fault.
      return Outcome.RETRY;
    }
    return says(response, "beyond retention policy") ? Outcome.BEYOND_RETENTION : Outcome.REFUSED;
  }

  /** How many points the server says it dropped; at least one, since its counts are incomplete. */
  static long droppedPoints(WriteResponse response) {
    Matcher matcher = DROPPED.matcher(response.message());
    return matcher.find() ? Math.max(1, Long.parseLong(matcher.group(1))) : 1;
  }

  /** What a person has to do about a fatal answer. */
  static String advice(int status) {
    return switch (status) {
      case 401 -> "check influx.token, or influx.username and influx.password";
      case 403 -> "the token or user may not write there: check its permissions";
      case 404, 500 ->
          "the database, retention policy, organisation or bucket is missing: set influx.provision:"
              + " true or create it; if the address is right, check influx.api";
      default -> "check influx.url and influx.api";
    };
  }

  private static boolean says(WriteResponse response, String words) {
    return response.message().toLowerCase(Locale.ROOT).contains(words);
  }
}
