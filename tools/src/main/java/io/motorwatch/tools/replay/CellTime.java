package io.motorwatch.tools.replay;

import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.OptionalLong;

/**
 * Times in bytes, as {@link RecordedTime} reads them. Rows of one minute share all but the seconds,
 * so that the calendar is asked once a minute: no zone changes its offset within one. Not
 * thread-safe.
 */
final class CellTime {

  /** No time. */
  static final long NONE = Long.MIN_VALUE;

  /** {@code yyyy-MM-ddTHH:mm}. */
  private static final int MINUTE = 16;

  private static final int SECONDS_END = 19;
  private static final int MOST_DIGITS = 15;
  private static final long FIRST_MILLIS = 100_000_000_000L;

  private final ZoneId zone;
  private final byte[] minute = new byte[MINUTE];
  private boolean minuteInUtc;
  private long minuteAt = NONE;

  CellTime(ZoneId zone) {
    this.zone = zone;
  }

  /** Epoch milliseconds, or {@link #NONE}. */
  long parse(byte[] bytes, int start, int end) {
    long epoch = epoch(bytes, start, end);
    if (epoch != NONE) {
      return epoch;
    }
    long calendar = calendar(bytes, start, end);
    return calendar != NONE ? calendar : slowly(bytes, start, end);
  }

  private static long epoch(byte[] bytes, int start, int end) {
    if (start == end || end - start > MOST_DIGITS) {
      return NONE;
    }
    long number = 0;
    for (int at = start; at < end; at++) {
      int digit = bytes[at] - '0';
      if (digit < 0 || digit > 9) {
        return NONE;
      }
      number = 10 * number + digit;
    }
    return number < FIRST_MILLIS ? number * 1000 : number;
  }

  /** {@code yyyy-MM-ddTHH:mm:ss}, then {@code .SSS…} and {@code Z} where they are. */
  private long calendar(byte[] bytes, int start, int end) {
    int to = end;
    boolean utc = to > start && bytes[to - 1] == 'Z';
    if (utc) {
      to--;
    }
    int length = to - start;
    if (length < SECONDS_END || bytes[start + MINUTE] != ':') {
      return NONE;
    }
    int second = twoDigits(bytes, start + MINUTE + 1);
    long millis = millis(bytes, start + SECONDS_END, to);
    if (second < 0 || second > 59 || millis < 0) {
      return NONE;
    }
    boolean same =
        minuteAt != NONE
            && utc == minuteInUtc
            && Arrays.equals(bytes, start, start + MINUTE, minute, 0, MINUTE);
    if (!same) {
      String text = new String(bytes, start, MINUTE, StandardCharsets.US_ASCII);
      OptionalLong at = RecordedTime.parse(text + ":00" + (utc ? "Z" : ""), zone);
      if (at.isEmpty()) {
        return NONE;
      }
      System.arraycopy(bytes, start, minute, 0, MINUTE);
      minuteInUtc = utc;
      minuteAt = at.getAsLong();
    }
    return minuteAt + 1000L * second + millis;
  }

  private static int twoDigits(byte[] bytes, int at) {
    int tens = bytes[at] - '0';
    int ones = bytes[at + 1] - '0';
    return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1 : 10 * tens + ones;
  }

  /** Of a fraction of one to nine digits with its point, or of nothing; -1 for anything else. */
  private static long millis(byte[] bytes, int start, int end) {
    if (start == end) {
      return 0;
    }
    if (bytes[start] != '.' || end - start < 2 || end - start > 10) {
      return -1;
    }
    long millis = 0;
    for (int i = 1; i < end - start; i++) {
      int digit = bytes[start + i] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      millis = i <= 3 ? 10 * millis + digit : millis;
    }
    for (int i = end - start; i <= 3; i++) {
      millis *= 10;
    }
    return millis;
  }

  private long slowly(byte[] bytes, int start, int end) {
    String text = new String(bytes, start, end - start, StandardCharsets.UTF_8);
    return RecordedTime.parse(text, zone).orElse(NONE);
  }
}
