package io.motorwatch.timeline;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.motorwatch.model.Reading;
import io.motorwatch.model.Rejection;

/** A reading as a device would send it; the payload itself is not carried as far as here. */
final class ReadingJson {

  private ReadingJson() {}

  /**
   * As much of it as a rejection keeps, and little more: a device may send thousands of fields, and
   * repeat itself thousands of times.
   */
  static String excerpt(Reading reading) {
    StringBuilder json = new StringBuilder("{\"timestamp\":").append(reading.timestamp());
    if (reading.hasSeq()) {
      json.append(",\"seq\":").append(reading.seq());
    }
    for (int i = 0; i < reading.size(); i++) {
      if (json.length() >= Rejection.MAX_PAYLOAD_BYTES) {
        return json.toString();
      }
      json.append(",\"");
      JsonStringEncoder.getInstance().quoteAsString(reading.layout().name(i), json);
      json.append("\":").append(reading.value(i));
    }
    return json.append('}').toString();
  }
}
