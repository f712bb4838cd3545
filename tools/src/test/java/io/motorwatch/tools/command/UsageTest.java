package io.motorwatch.tools.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Options that cannot be meant, refused before anything is waited for or started. */
class UsageTest {

  @TempDir Path folder;

  /**
   * The limit is far below the minute that servers, of which there are none here, are waited for.
   */
  @Timeout(45)
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "run --config CONFIG --parallelism 0 | --parallelism must be from 1 to 1024, not 0",
        "run --config CONFIG --parallelism 2000 | --parallelism must be from 1 to 1024, not 2000",
        "submit --config CONFIG --parallelism -1 | --parallelism must be from 1 to 1024, not -1",
        "submit --config CONFIG --jobmanager host:99999 | --jobmanager takes host:port, with a port from 1 to 65535, not 'host:99999'",
        "submit --config CONFIG --jobmanager host:0 | --jobmanager takes host:port, with a port from 1 to 65535, not 'host:0'",
        "submit --config CONFIG --jobmanager 8081 | --jobmanager takes host:port, with a port from 1 to 65535, not '8081'",
        "submit --config CONFIG --jobmanager 127.0.0.1:1 --unless-present | --jobmanager: Flink at 127.0.0.1:1 does not answer: check that it runs there, and that this is its REST address (nothing listens there)",
        "submit --config CONFIG --jobmanager http://127.0.0.1:1/ | --jobmanager: Flink at 127.0.0.1:1 does not answer: check that it runs there, and that this is its REST address (nothing listens there)",
        "stop --config CONFIG --jobmanager 127.0.0.1:1 | --jobmanager: Flink at 127.0.0.1:1 does not answer: check that it runs there, and that this is its REST address (nothing listens there)",
        "submit --config CONFIG --name a/b | --name 'a/b': 1 to 200 characters, none of / + # or white space",
        "simulate | --broker URI is missing (or --config FILE, which names one)",
        "simulate --broker 127.0.0.1:1 --ca x.pem | --ca and --cert are for an encrypted connection, and tcp://127.0.0.1:1 is none: use ssl:// or wss://",
        "simulate --broker b --key x.pem | --key needs --cert: its certificate",
        "submit --config CONFIG --resume | --resume looks into checkpoint.dir, which is not set",
        "demo --speedup Infinity | --devices, --seconds and --speedup must be above 0, --speedup finite, --rate not below 0",
        "demo --speedup NaN | --devices, --seconds and --speedup must be above 0, --speedup finite, --rate not below 0",
      })
  void isOneLineAndStatus2(String arguments, String line) throws Exception {
    Path patterns = Path.of("../conf/patterns.yaml").toAbsolutePath();
    Path config =
        Files.writeString(
            folder.resolve("motorwatch.yaml"),
            "mqtt: {uri: 'tcp://127.0.0.1:1'}\npatterns: {file: '" + patterns + "'}\n");
    Printed printed = Printed.by(folder, arguments.replace("CONFIG", config.toString()).split(" "));
    assertThat(printed.err()).containsExactly("motorwatch: " + line);
    assertThat(printed.status()).isEqualTo(2);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "dmeo | there is no command 'dmeo' (did you mean 'demo'?) | ./motorwatch --help",
        "tset | there is no command 'tset' (did you mean 'test'?) | ./motorwatch --help",
        "patterns chekc x | there is no command 'chekc' (did you mean 'check'?) | ./motorwatch patterns --help",
        "demo --devcies 3 | there is no option --devcies (did you mean '--devices'?) | ./motorwatch demo --help",
        "run --confg=x.yaml | there is no option --confg (did you mean '--config'?) | ./motorwatch run --help",
        "run | Missing required option: '--config=FILE' | ./motorwatch run --help",
      })
  void aSlipGetsASuggestionAndWhereToLook(String arguments, String why, String help) {
    Printed printed = Printed.by(folder, arguments.split(" "));
    assertThat(printed.err()).containsExactly("motorwatch: " + why, "For help: " + help);
    assertThat(printed.status()).isEqualTo(2);
  }
}
