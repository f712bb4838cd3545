package io.motorwatch.sink.influx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class LineEncoderTest {

  private static List<String> encoded(Consumer<PointWriter> point) {
    return Encoded.by((value, out) -> point.accept(out), "");
  }

  @Test
  void shouldWriteFloatsInFloatFormAndIntegersWithTheirSuffix() {
    assertThat(
            encoded(
                out ->
                    out.begin("hot", "m")
                        .tag("site", "s")
                        .field("whole", 1478.0)
                        .field("part", 9.4)
                        .field("tiny", Double.MIN_VALUE)
                        .field("zero", -0.0)
                        .field("huge", 1e300)
                        .field("count", 3L)
                        .field("f", "_sum", 2.5)
                        .time(17)))
        .containsExactly(
            "hot/ms m,site=s whole=1478.0,part=9.4,tiny=4.9E-324,zero=-0.0,huge=1.0E300,"
                + "count=3i,f_sum=2.5 17");
  }

  @Test
  void shouldWriteNumbersThatReadBackAsTheSame() {
    Random random = new Random(3);
    for (int i = 0; i < 200_000; i++) {
      double value =
          switch (i % 4) {
            case 0 -> random.nextInt(2_000_000_000) / Math.pow(10, random.nextInt(9));
            case 1 -> -random.nextInt(100_000) / 1000.0;
            case 2 -> Double.longBitsToDouble(random.nextLong());
            default -> random.nextLong() / 1e6;
          };
      if (!Double.isFinite(value)) {
        continue;
      }
      long count = random.nextLong() >> random.nextInt(64);
      String line =
          encoded(out -> out.begin("t", "m").field("f", value).field("n", count).time(1)).get(0);
      String written = line.substring(line.indexOf("f=") + 2, line.indexOf(','));
      assertThat(Double.doubleToRawLongBits(Double.parseDouble(written)))
          .as("%s written as %s", value, written)
          .isEqualTo(Double.doubleToRawLongBits(value));
      assertThat(written).matches("-?\\d+\\.\\d+(E-?\\d+)?");
      assertThat(line).contains("n=" + count + "i ");
    }
  }

  @Test
  void shouldEscapeByPlace() {
    assertThat(
            encoded(
                out ->
                    out.begin("t", "a b,c=d")
                        .tag("k =,", "v =,")
                        .field("f =,", "say \"hi\" \\ a,b =\n.")
                        .time(1)))
        .containsExactly(
            "t/ms a\\ b\\,c=d,k\\ \\=\\,=v\\ \\=\\, f\\ \\=\\,=\"say \\\"hi\\\" \\\\ a,b =\n.\" 1");
  }

  @Test
  void shouldReplaceWhatLineProtocolCannotExpress() {
    assertThat(encoded(out -> out.begin("t", "m").tag("k", "a\nb\\").field("f", 1L).time(1)))
        .containsExactly("t/ms m,k=a\\ b\\_ f=1i 1");
  }

  @Test
  void shouldWriteBackslashesInNamesOfFieldsAsFarAsInfluxCanReadThem() {
    assertThat(
            encoded(
                out ->
                    out.begin("t", "m")
                        .field("a\\=b", 1L)
                        .field("c\\\\ d", 1L)
                        .field("e\\\"f", 1L)
                        .field("g\\", ",h", 1L)
                        .field("i\\", "", 1L)
                        .field("j\\k", 1L)
                        .time(1)))
        .containsExactly(
            "t/ms m a\\_\\=b=1i,c\\\\\\ d=1i,e\\\\\"f=1i,g\\_\\,h=1i,i\\_=1i,j\\k=1i 1");
  }

  @Test
  void shouldWriteEveryKindOfCharacterAsUtf8() {
    String text = "µ€😀 \uD800.";
    assertThat(encoded(out -> out.begin("t", "m").field("f", text).time(1)))
        .containsExactly("t/ms m f=\"µ€😀 ?.\" 1");
  }

  @Test
  void shouldLeaveOutNumbersInfluxRefusesAndPointsWithoutFields() {
    assertThat(
            encoded(
                out -> {
                  out.begin("t", "m").field("a", Double.NaN).field("b", 1.5).time(1);
                  out.begin("t", "m").field("a", Double.POSITIVE_INFINITY).time(2);
                }))
        .containsExactly("t/ms m b=1.5 1");
  }

  @Test
  void shouldLeaveOutTagsWithoutText() {
    assertThat(encoded(out -> out.begin("t", "m").tag("k", "").field("f", 1L).time(1)))
        .containsExactly("t/ms m f=1i 1");
  }

  @Test
  void shouldRefuseCallsOutOfOrder() {
    assertThatThrownBy(() -> encoded(out -> out.begin("t", "m").field("f", 1L).tag("k", "v")))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> encoded(out -> out.begin("t", "m").field("f", 1L)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("time");
    assertThatThrownBy(() -> encoded(out -> out.field("f", 1L)))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void shouldReadItsOwnTagsBack() {
    String line =
        encoded(
                out ->
                    out.begin("t", "a b,c=d")
                        .tag("site", "x =,\\y")
                        .tag("k=", "v")
                        .field("f", "site=no")
                        .time(1))
            .get(0)
            .substring("t/ms ".length());
    ParsedLineTags tags = ParsedLineTags.of(line);
    assertThat(tags.measurement()).isEqualTo("a b,c=d");
    assertThat(tags.get("site", "")).isEqualTo("x =,\\y");
    assertThat(tags.get("k=", "")).isEqualTo("v");
  }
}
