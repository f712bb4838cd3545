package io.motorwatch.sink.influx;

/** What a response means for the points of its request. */
enum WriteOutcome {
  /** Stored. */
  SUCCESS,
  /** Nothing wrong with the points: the same request again, later. */
  RETRY,
  /** Too many at once: in two requests. */
  TOO_LARGE,
  /** Some are older than the database keeps; it dropped those and stored the others. */
  BEYOND_RETENTION,
  /** At least one is not acceptable; which one, only smaller requests show. */
  REFUSED,
  /** No request can succeed until a person changes something. */
  FATAL
}
