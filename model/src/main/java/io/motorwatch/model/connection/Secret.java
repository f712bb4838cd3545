package io.motorwatch.model.connection;

import java.io.Serializable;
import java.util.Objects;

/** A password or token: {@link #reveal()} is the only way to its text. */
public final class Secret implements Serializable {

  private static final long serialVersionUID = 1L;

  private final String text;

  private Secret(String text) {
    this.text = text;
  }

  public static Secret of(String text) {
    return new Secret(Objects.requireNonNull(text));
  }

  public String reveal() {
    return text;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return "***";
  }
}
