package io.motorwatch.source.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.motorwatch.model.RejectReason;
import io.motorwatch.model.Rejection;
import io.motorwatch.model.RejectionLimit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RejectionLimitTest {

  private static final long MINUTE = 60_000;
  private static final long NOW = 30_000_000 * MINUTE;

  private final RejectionLimit limit = new RejectionLimit(3);
  private final List<Rejection> reported = new ArrayList<>();

  private void reject(String device, long at) {
    Rejection rejection =
        new Rejection(RejectReason.MALFORMED, "plant", device, "topic", "rubbish", "{", at);
    if (limit.isDue(at)) {
      limit.sumUp(reported::add);
    }
    if (limit.admits(rejection)) {
      reported.add(rejection);
    }
  }

  private List<String> detailsOf(String device) {
    return reported.stream()
        .filter(rejection -> rejection.device().equals(device))
        .map(Rejection::detail)
        .toList();
  }

  @Test
  void aFloodOfOneDeviceTakesNothingFromAnother() {
    for (int i = 0; i < 10; i++) {
      reject("broken", NOW + i);
    }
    reject("other", NOW + 20);
    assertThat(detailsOf("broken")).hasSize(3);
    assertThat(detailsOf("other")).hasSize(1);
  }

  @Test
  void eachMinuteTheRestIsToldInOne() {
    for (int i = 0; i < 10; i++) {
      reject("broken", NOW + i);
    }
    assertThat(limit.isDue(NOW + MINUTE - 1)).isFalse();
    reject("broken", NOW + MINUTE);
    assertThat(detailsOf("broken")).hasSize(5);
    assertThat(detailsOf("broken").get(3)).startsWith("7 more were rejected").endsWith("rubbish");
    assertThat(detailsOf("broken").get(4)).isEqualTo("rubbish");
    assertThat(limit.isDue(NOW + 2 * MINUTE)).isTrue();
    limit.sumUp(reported::add);
    assertThat(reported).hasSize(5);
  }

  @Test
  void aClockSetBackOpensTheLimitAgain() {
    for (int i = 0; i < 10; i++) {
      reject("broken", NOW);
    }
    long hourBack = NOW - 60 * MINUTE;
    reject("broken", hourBack);
    assertThat(detailsOf("broken")).hasSize(5);
    assertThat(detailsOf("broken").get(3)).startsWith("7 more were rejected");
  }

  @Test
  void messagesOfTwoReadersInNoOrderDoNotOpenIt() {
    for (int i = 0; i < 10; i++) {
      reject("broken", NOW);
      reject("broken", NOW - 1);
    }
    assertThat(detailsOf("broken")).hasSize(3);
  }

  @Test
  void messagesOfUnknownDevicesShareOneAllowance() {
    for (int i = 0; i < 10; i++) {
      reject("", NOW);
    }
    assertThat(reported).hasSize(3);
    assertThat(limit.unreported()).singleElement().extracting(Rejection::device).isEqualTo("");
  }

  @Test
  void nothingIsLostOfMoreDevicesThanAreFollowed() {
    int devices = 12_000;
    for (int device = 0; device < devices; device++) {
      for (int i = 0; i < 4; i++) {
        reject("motor-" + device, NOW);
      }
    }
    limit.sumUp(reported::add);
    assertThat(reported).hasSize(4 * devices);
  }
}
