package io.motorwatch.model.connection;

import java.io.Serializable;

/** User name and password. */
public record Credentials(String username, Secret password) implements Serializable {}
