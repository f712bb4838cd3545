package io.motorwatch.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.motorwatch.model.DeviceId;
import io.motorwatch.model.FieldLayout;
import io.motorwatch.model.Reading;
import io.motorwatch.timeline.RecentReadings.Verdict;
import java.io.IOException;
import java.util.BitSet;
import java.util.Random;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SequenceNumbersTest {

  private static final long LAST_OF_32_BITS = (1L << 32) - 1;

  private static final DeviceId DEVICE = new DeviceId("plant", "motor-1");
  private static final FieldLayout FIELDS = FieldLayout.of("current");

  private SequenceNumbers numbers = new SequenceNumbers();

  private static Reading reading(long seq, long at) {
    return new Reading(DEVICE, at, at, seq, FIELDS, new double[] {1});
  }

  private Verdict newer(long seq) {
    return numbers.check(reading(seq, 1), true);
  }

  private Verdict older(long seq) {
    return numbers.check(reading(seq, 1), false);
  }

  @Test
  void aCounterOf32BitsGoesOnAtZero() {
    newer(LAST_OF_32_BITS - 2);
    assertThat(newer(LAST_OF_32_BITS)).isEqualTo(Verdict.NEW);
    assertThat(newer(1)).isEqualTo(Verdict.NEW);
    assertThat(numbers.lost()).isEqualTo(2);
    assertThat(older(0)).isEqualTo(Verdict.NEW);
    assertThat(older(LAST_OF_32_BITS - 1)).isEqualTo(Verdict.NEW);
    assertThat(older(LAST_OF_32_BITS)).isEqualTo(Verdict.DUPLICATE);
    assertThat(numbers.lost()).isZero();
    assertThat(newer(2)).isEqualTo(Verdict.NEW);
  }

  @Test
  void aCounterOfMoreBitsGoesOnBeyond32() {
    newer(LAST_OF_32_BITS);
    assertThat(newer(LAST_OF_32_BITS + 1)).isEqualTo(Verdict.NEW);
    assertThat(newer(LAST_OF_32_BITS + 2)).isEqualTo(Verdict.NEW);
    assertThat(older(LAST_OF_32_BITS)).isEqualTo(Verdict.DUPLICATE);
    assertThat(numbers.lost()).isZero();
  }

  @Test
  void aRestartIsNoLoss() {
    newer(100_000);
    assertThat(newer(3)).isEqualTo(Verdict.RESTART);
    assertThat(newer(4)).isEqualTo(Verdict.NEW);
    assertThat(numbers.lost()).isZero();
  }

  @Test
  void aLeapBeyondReasonIsAnotherCountAndNoLoss() {
    newer(5);
    newer(1L << 53);
    assertThat(numbers.lost()).isZero();
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void knowsWhatASetOfAllNumbersKnowsAndReadsBackAsItWasWritten(long seed) throws IOException {
    Random random = new Random(seed);
    BitSet all = new BitSet();
    long start = LAST_OF_32_BITS - 1_000;
    int first = random.nextInt(100);
    numbers.check(reading(start + first, 1), true);
    all.set(first);
    int highest = first;
    for (int i = 0; i < 5_000; i++) {
      int step = random.nextInt(20) == 0 ? random.nextInt(40) : 1;
      boolean back = random.nextInt(4) == 0;
      int place = back ? Math.max(first, highest - random.nextInt(500)) : highest + step;
      Verdict verdict =
          numbers.check(reading((start + place) % (LAST_OF_32_BITS + 1), 1), place > highest);
      assertThat(verdict).isEqualTo(all.get(place) ? Verdict.DUPLICATE : Verdict.NEW);
      all.set(place);
      highest = Math.max(highest, place);
      assertThat(numbers.lost()).isEqualTo(highest - first + 1 - all.cardinality());
      if (random.nextInt(10) == 0) {
        DataOutputSerializer out = new DataOutputSerializer(128);
        numbers.write(out);
        SequenceNumbers read =
            SequenceNumbers.read(new DataInputDeserializer(out.getCopyOfBuffer()));
        assertThat(read).isEqualTo(numbers);
        numbers = read;
      }
    }
  }

  @Test
  void takesTwelveBytesWhereNothingIsMissing() throws IOException {
    for (long seq = 1; seq <= 2_000; seq++) {
      newer(seq);
    }
    DataOutputSerializer out = new DataOutputSerializer(128);
    numbers.write(out);
    assertThat(out.length()).isLessThanOrEqualTo(12);
  }

  @Test
  void aBacklogIsTakenOnceHoweverLongAgoItWasLeftOut() throws Exception {
    newer(100);
    newer(5_000);
    assertThat(numbers.lost()).isEqualTo(4_899);
    numbers = throughSerialization();
    for (long seq = 101; seq < 5_000; seq++) {
      assertThat(older(seq)).as("number %s", seq).isEqualTo(Verdict.NEW);
    }
    assertThat(numbers.lost()).isZero();
    assertThat(older(101)).isEqualTo(Verdict.REPLAYED);
    assertThat(older(4_400)).isEqualTo(Verdict.REPLAYED);
    assertThat(older(4_999)).isEqualTo(Verdict.DUPLICATE);
    assertThat(older(99)).isEqualTo(Verdict.REPLAYED);
  }

  @Test
  void aBacklogInAnyOrderIsTakenOnce() {
    newer(0);
    newer(3_000);
    newer(3_001);
    for (long seq : new long[] {1_500, 10, 2_400, 11, 9, 1_501}) {
      assertThat(older(seq)).isEqualTo(Verdict.NEW);
      assertThat(older(seq)).isEqualTo(Verdict.REPLAYED);
    }
    assertThat(numbers.lost()).isEqualTo(2_999 - 6);
  }

  /** Up to this number in a first count, then from 0 to the other, a second apart. */
  private void restarted(long highest, long now) {
    for (long seq = highest - 600; seq <= highest; seq++) {
      numbers.check(reading(seq, seq), true);
    }
    for (long seq = 0; seq <= now; seq++) {
      numbers.check(reading(seq, highest + 1_000 + seq), true);
    }
  }

  @Test
  void readingsOfTheCountBeforeMoveNotTheCountOfNow() throws IOException {
    restarted(100_000, 2_000);
    for (long i = 1; i <= 100; i++) {
      assertThat(numbers.check(reading(100_000 + i, 100_000 + i), false)).isEqualTo(Verdict.NEW);
      assertThat(numbers.check(reading(2_000 + i, 103_000 + i), true)).isEqualTo(Verdict.NEW);
      numbers = throughSerialization();
    }
    assertThat(numbers.lost()).isZero();
    assertThat(numbers.check(reading(100_050, 100_050), false)).isEqualTo(Verdict.REPLAYED);
    assertThat(numbers.check(reading(99_990, 99_990), false)).isEqualTo(Verdict.REPLAYED);
  }

  @Test
  void aReadingOvertakenByARestartIsTakenOnce() {
    numbers.check(reading(4_000, 1), true);
    numbers.check(reading(4_002, 3), true);
    numbers.check(reading(0, 4), true);
    assertThat(numbers.lost()).isEqualTo(1);
    assertThat(numbers.check(reading(4_001, 2), false)).isEqualTo(Verdict.NEW);
    assertThat(numbers.lost()).isZero();
    assertThat(numbers.check(reading(4_001, 2), false)).isEqualTo(Verdict.REPLAYED);
  }

  @Test
  void aNumberFarAheadOfAnOldReadingIsOfACountNobodySawBegin() {
    for (long seq = 10; seq < 20; seq++) {
      numbers.check(reading(seq, 5_000 + seq), true);
    }
    for (long i = 0; i < 50; i++) {
      assertThat(numbers.check(reading(100_001 + i, i), false)).isEqualTo(Verdict.NEW);
      assertThat(numbers.check(reading(20 + i, 6_000 + i), true)).isEqualTo(Verdict.NEW);
    }
    assertThat(numbers.lost()).isZero();
  }

  @Test
  void aCounterThatFellBackALittleIsAcceptedAfterAFew() {
    for (long seq = 10_000; seq <= 10_200; seq++) {
      numbers.check(reading(seq, seq), true);
    }
    for (long i = 0; i < 3; i++) {
      assertThat(numbers.check(reading(10_000 + i, 11_000 + i), true)).isEqualTo(Verdict.DUPLICATE);
    }
    assertThat(numbers.check(reading(10_003, 11_003), true)).isEqualTo(Verdict.RESTART);
    assertThat(numbers.check(reading(10_004, 11_004), true)).isEqualTo(Verdict.NEW);
  }

  @Test
  void whatIsLeftOfTheTimeBeforeTheWrapIsStillTaken() {
    for (long seq = LAST_OF_32_BITS - 600; seq <= LAST_OF_32_BITS; seq++) {
      if (seq != LAST_OF_32_BITS - 550) {
        numbers.check(reading(seq, seq), true);
      }
    }
    for (long seq = 0; seq < 600; seq++) {
      numbers.check(reading(seq, LAST_OF_32_BITS + 1 + seq), true);
    }
    assertThat(numbers.lost()).isEqualTo(1);
    Reading left = reading(LAST_OF_32_BITS - 550, LAST_OF_32_BITS - 550);
    assertThat(numbers.check(left, false)).isEqualTo(Verdict.NEW);
    assertThat(numbers.lost()).isZero();
    assertThat(numbers.check(left, false)).isEqualTo(Verdict.REPLAYED);
    assertThat(numbers.check(reading(600, LAST_OF_32_BITS + 700), true)).isEqualTo(Verdict.NEW);
  }

  private SequenceNumbers throughSerialization() throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    numbers.write(out);
    SequenceNumbers read = SequenceNumbers.read(new DataInputDeserializer(out.getCopyOfBuffer()));
    assertThat(read).isEqualTo(numbers);
    return read;
  }
}
