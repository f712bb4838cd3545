package io.motorwatch.patterns.alarm;

/**
 * An alarm between being raised and cleared, as kept per device.
 *
 * @param patternVersion of the file that raised it; stays with it to the end
 * @param ansi as in that file
 * @param severity the present one
 * @param onsetAt device time, epoch milliseconds
 * @param raisedAt device time, epoch milliseconds
 * @param escalated how many escalations it has had
 * @param peak the deciding signal's extreme since the onset; NaN where there is none
 */
public record OpenAlarm(
    long patternVersion,
    String ansi,
    String severity,
    long onsetAt,
    long raisedAt,
    int escalated,
    double peak) {

  public OpenAlarm withPeak(double newPeak) {
    return new OpenAlarm(patternVersion, ansi, severity, onsetAt, raisedAt, escalated, newPeak);
  }

  public OpenAlarm escalatedTo(String newSeverity) {
    return new OpenAlarm(patternVersion, ansi, newSeverity, onsetAt, raisedAt, escalated + 1, peak);
  }
}
