package io.motorwatch.jobs.config;

/** A config that cannot be used; the message says where and what to do, and holds no secret. */
public final class ConfigException extends Exception {

  private static final long serialVersionUID = 1L;

  public ConfigException(String message) {
    super(message);
  }
}
