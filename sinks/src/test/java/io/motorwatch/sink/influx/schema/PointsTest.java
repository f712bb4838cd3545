package io.motorwatch.sink.influx.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.motorwatch.model.DeviceId;
import io.motorwatch.model.DeviceStatus;
import io.motorwatch.model.DeviceStatus.Health;
import io.motorwatch.model.FieldLayout;
import io.motorwatch.model.Reading;
import io.motorwatch.sink.influx.Encoded;
import java.time.Clock;
import org.junit.jupiter.api.Test;

/** Points as lines, where no database is needed. */
class PointsTest {

  private static final DeviceId MOTOR = new DeviceId("plant", "motor-17");

  @Test
  void shouldRenameFieldsThatWouldHideATag() {
    FieldLayout layout = FieldLayout.of("current", "device", "device_", "site", "time", "times");
    Reading reading = new Reading(MOTOR, 5, 0, 1, layout, new double[] {1, 2, 3, 4, 5, 6});
    assertThat(Encoded.by(new TelemetryPoints(null, Clock.systemUTC()), reading))
        .containsExactly(
            "hot/ms telemetry,site=plant,device=motor-17"
                + " current=1.0,device_=2.0,device__=3.0,site_=4.0,time_=5.0,times=6.0 5");
  }

  @Test
  void shouldLeaveOutWhatIsNotKnownOfADevice() {
    DeviceStatus unknown =
        new DeviceStatus(
            MOTOR,
            Health.OFFLINE,
            DeviceStatus.NEVER_SEEN,
            Double.NaN,
            DeviceStatus.UNCOUNTED,
            "",
            5);
    assertThat(Encoded.by(new DeviceStatusPoints(), unknown))
        .containsExactly("events/ms device_status,site=plant,device=motor-17 status=\"offline\" 5");
    DeviceStatus unskewed =
        new DeviceStatus(MOTOR, Health.ONLINE, 4, Double.NaN, DeviceStatus.UNCOUNTED, "", 5);
    assertThat(Encoded.by(new DeviceStatusPoints(), unskewed))
        .containsExactly(
            "events/ms device_status,site=plant,device=motor-17 status=\"online\",last_seen=4i 5");
  }
}
