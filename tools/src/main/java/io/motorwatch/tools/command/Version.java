package io.motorwatch.tools.command;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine;

/** The version of the POM, which the build writes into a resource. */
final class Version implements CommandLine.IVersionProvider {

  @Override
  public String[] getVersion() throws IOException {
    Properties properties = new Properties();
    try (InputStream in = Version.class.getResourceAsStream("version.properties")) {
      if (in == null) {
        throw new IOException("version.properties is missing: build with Maven");
      }
      properties.load(in);
    }
    return new String[] {"motorwatch " + properties.getProperty("version")};
  }
}
