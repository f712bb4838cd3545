package io.motorwatch.sink.influx;

/** Hands an encoder's lines to the delivery. */
record DeliveryTarget(Delivery delivery, InfluxSinkMetrics metrics) implements LineEncoder.Target {

  @Override
  public void line(Destination route, byte[] buffer, int length) {
    delivery.add(route, buffer, length);
  }

  @Override
  public void beyondRetention() {
    metrics.dropped(InfluxSinkMetrics.Drop.BEYOND_RETENTION, 1);
  }
}
