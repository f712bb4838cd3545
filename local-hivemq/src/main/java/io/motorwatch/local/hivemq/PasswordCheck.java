package io.motorwatch.local.hivemq;

import com.hivemq.extension.sdk.api.auth.SimpleAuthenticator;
import com.hivemq.extension.sdk.api.auth.parameter.SimpleAuthInput;
import com.hivemq.extension.sdk.api.auth.parameter.SimpleAuthOutput;
import com.hivemq.extension.sdk.api.packets.connect.ConnackReasonCode;
import com.hivemq.extension.sdk.api.packets.connect.ConnectPacket;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Properties;

/** Lets in who gives no user name, or one of ours with its password. */
record PasswordCheck(Properties users) implements SimpleAuthenticator {

  @Override
  public void onConnect(SimpleAuthInput input, SimpleAuthOutput output) {
    ConnectPacket connect = input.getConnectPacket();
    String user = connect.getUserName().orElse(null);
    if (user == null) {
      output.authenticateSuccessfully();
      return;
    }
    String given =
        connect
            .getPassword()
            .map(bytes -> StandardCharsets.UTF_8.decode(bytes).toString())
            .orElse("");
    if (Objects.equals(users.getProperty(user), given)) {
      output.authenticateSuccessfully();
    } else {
      output.failAuthentication(ConnackReasonCode.BAD_USER_NAME_OR_PASSWORD, "wrong password");
    }
  }
}
