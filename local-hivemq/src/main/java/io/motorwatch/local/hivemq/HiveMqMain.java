package io.motorwatch.local.hivemq;

import com.hivemq.embedded.EmbeddedExtension;
import com.hivemq.embedded.EmbeddedExtensionBuilder;
import com.hivemq.embedded.EmbeddedHiveMQ;
import com.hivemq.embedded.EmbeddedHiveMQBuilder;
import com.hivemq.extension.sdk.api.ExtensionMain;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartOutput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopOutput;
import com.hivemq.extension.sdk.api.services.Services;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.ExecutionException;

/** The broker's process: runs until it gets SIGTERM, and then writes out what it holds. */
final class HiveMqMain {

  /** In the folder of the configuration: passwords by user name. */
  static final String USERS = "users.properties";

  private HiveMqMain() {}

  /** Takes the broker's home folder. */
  public static void main(String[] args) throws Exception {
    Path home = Path.of(args[0]);
    EmbeddedHiveMQBuilder builder =
        EmbeddedHiveMQ.builder()
            .withConfigurationFolder(home.resolve("conf"))
            .withDataFolder(home.resolve("data"))
            .withExtensionsFolder(home.resolve("extensions"));
    Properties users = users(home.resolve("conf").resolve(USERS));
    if (!users.isEmpty()) {
      builder.withEmbeddedExtension(passwords(users));
    }
    EmbeddedHiveMQ broker = builder.build();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> close(broker), "close-broker"));
    broker.start().join();
  }

  private static Properties users(Path file) throws IOException {
    Properties users = new Properties();
    try (InputStream in = Files.newInputStream(file)) {
      users.load(in);
    }
    return users;
  }

  private static void close(EmbeddedHiveMQ broker) {
    try {
      broker.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the broker did not end in order", e);
    }
  }

  private static EmbeddedExtension passwords(Properties users) {
    return EmbeddedExtensionBuilder.builder()
        .withId("passwords")
        .withName("passwords")
        .withVersion("1")
        .withExtensionMain(new PasswordExtension(users))
        .build();
  }

  /** The Community Edition has no users of its own; an extension decides. */
  private record PasswordExtension(Properties users) implements ExtensionMain {

    @Override
    public void extensionStart(ExtensionStartInput input, ExtensionStartOutput output) {
      Services.securityRegistry().setAuthenticatorProvider(any -> new PasswordCheck(users));
    }

    @Override
    public void extensionStop(ExtensionStopInput input, ExtensionStopOutput output) {
      // Nothing is kept open.
    }
  }
}
