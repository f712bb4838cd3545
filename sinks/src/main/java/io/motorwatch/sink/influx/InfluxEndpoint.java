package io.motorwatch.sink.influx;

/**
 * The write side of one InfluxDB. Calls block, for at most the client's timeouts, and may come from
 * several threads.
 */
interface InfluxEndpoint extends AutoCloseable {

  /** Writes lines. Never throws for what the network or the server does. */
  WriteResponse write(LineBatch lines);

  /** Breaks off requests under way and frees the connections. */
  @Override
  void close();
}
