package io.motorwatch.source.decode;

import io.motorwatch.model.RejectReason;

/** A payload, or one reading of it, is refused; the message is for a person. Cheap to throw. */
final class BadPayloadException extends Exception {

  private static final long serialVersionUID = 1L;

  private final RejectReason reason;

  BadPayloadException(RejectReason reason, String detail) {
    // A device may send nothing else, at any rate: no stack trace, which nobody would read.
    super(detail, null, false, false);
    this.reason = reason;
  }

  static BadPayloadException malformed(String detail) {
    return new BadPayloadException(RejectReason.MALFORMED, detail);
  }

  RejectReason reason() {
    return reason;
  }

  String detail() {
    return String.valueOf(getMessage());
  }
}
