package io.motorwatch.sink.influx;

/**
 * Counts what the sink's encoder writes. In this package since the encoder is the sink's own
 * affair, which only its benchmark should reach.
 */
public final class EncodedBytes {

  private long bytes;
  private final LineEncoder encoder =
      new LineEncoder(
          new LineEncoder.Target() {
            @Override
            public void line(Destination route, byte[] buffer, int length) {
              bytes += length;
            }

            @Override
            public void beyondRetention() {
              throw new IllegalStateException("the benchmark's points are all within retention");
            }
          });

  /** Where serializers write to. */
  public PointWriter writer() {
    return encoder;
  }

  /** How many bytes of lines there were so far. */
  public long count() {
    return bytes;
  }
}
