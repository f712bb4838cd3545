package io.motorwatch.source.mqtt.reader;

/** An acknowledgement without a broker. */
final class FakeAck implements AckHandle {

  volatile boolean current = true;
  volatile boolean acknowledged;

  @Override
  public boolean acknowledge() {
    acknowledged |= current;
    return current;
  }

  @Override
  public boolean current() {
    return current;
  }

  @Override
  public long arrivedAt() {
    return 1;
  }
}
