package io.motorwatch.source.decode;

import io.motorwatch.model.DeviceEvent;
import io.motorwatch.model.Rejection;

/** Takes what a message turned out to hold: nothing, one thing, or several from an array. */
public interface Decoded {

  void event(DeviceEvent event);

  void rejected(Rejection rejection);

  /** So many values of readings, or things beside them, were not taken; not reported otherwise. */
  void dropped(int values);

  /** A whole pattern file, as published; not checked. */
  void patterns(String document);
}
