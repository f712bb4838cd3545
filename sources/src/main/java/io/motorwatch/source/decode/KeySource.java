package io.motorwatch.source.decode;

import java.io.Serializable;

/** Where signing keys come from; asked with every message. */
public interface KeySource extends Serializable {

  /** The keys in force; the same instance as long as they are the same. */
  SigningKeys current();
}
