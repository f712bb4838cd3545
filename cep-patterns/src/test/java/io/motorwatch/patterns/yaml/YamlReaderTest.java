package io.motorwatch.patterns.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlReaderTest {

  @ParameterizedTest
  @CsvSource({
    "'[', 3000",
    "'[', 260000",
    "'{a: ', 3000",
    "'{a: ', 200000",
    "'- ', 100000",
    "'? ', 100000",
  })
  void whatIsNestedTooDeeplyIsRefusedHoweverDeepItGoes(String opening, int times) {
    assertThatThrownBy(() -> YamlReader.read(opening.repeat(times)))
        .isInstanceOf(InvalidFileException.class)
        .hasMessage("line 1, column %d: nested deeper than 40 levels", 40 * opening.length() + 1);
  }

  @Test
  void fortyLevelsAreReadWhereverTheyStand() throws Exception {
    String deep = "[".repeat(39) + "1" + "]".repeat(39);
    YamlNode twice = YamlReader.read("{a: " + deep + ", b: " + deep + "}");
    assertThat(((YamlNode.Mapping) twice).entries()).hasSize(2);
    assertThatThrownBy(() -> YamlReader.read("a: 1\nb: [" + deep + "]"))
        .hasMessage("line 2, column 43: nested deeper than 40 levels");
  }

  @Test
  void anAliasIsRefusedWithItsPlace() {
    assertThatThrownBy(() -> YamlReader.read("a: &x 1\nb: *x"))
        .hasMessage("line 2, column 4: aliases are not supported: write the value out");
  }
}
