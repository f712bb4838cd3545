package io.motorwatch.sink.influx;

import io.motorwatch.model.connection.Credentials;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Logs in to 2.x by user and password: signs in when the first request needs it, and once more when
 * the server no longer knows the session (an hour old, or the server restarted). The official
 * client signs in once for its life, in its constructor, and writes without a session where that
 * failed. Nobody signs out: that would hold up {@code close}, and an unused session ends by itself.
 *
 * <p>Several threads may use it; at worst each signs in.
 */
final class V2Session implements Interceptor {

  private static final int UNAUTHORIZED = 401;

  private final Credentials user;
  private volatile @Nullable String cookie;

  V2Session(Credentials user) {
    this.user = user;
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    @Nullable String known = cookie;
    if (known != null) {
      Response response = chain.proceed(with(known, chain.request()));
      if (response.code() != UNAUTHORIZED) {
        return response;
      }
      response.close();
    }
    Response signIn = chain.proceed(signIn(chain.request()));
    if (!signIn.isSuccessful()) {
      return notSignedIn(signIn);
    }
    String fresh = signIn.header("Set-Cookie", "").split(";", 2)[0];
    signIn.close();
    if (fresh.isEmpty()) {
      throw new IOException("InfluxDB let us sign in and gave no session cookie");
    }
    cookie = fresh;
    return chain.proceed(with(fresh, chain.request()));
  }

  /**
   * The answer to the sign-in stands for that to the request, unless it would be taken for one
   * about its points.
   */
  private static Response notSignedIn(Response signIn) throws IOException {
    return switch (signIn.code()) {
      case 400, 413, 422 -> {
        WriteResponse answer = ResponseCapture.read(signIn);
        signIn.close();
        throw new IOException("cannot sign in (" + answer + ")");
      }
      default -> signIn;
    };
  }

  private static Request with(String cookie, Request request) {
    return request.newBuilder().header("Cookie", cookie).build();
  }

  /** Beside the request's own path, {@code …/api/v2/write}, which may have something in front. */
  private Request signIn(Request request) throws IOException {
    String path = request.url().encodedPath();
    int api = path.indexOf("/api/v2/");
    if (api < 0) {
      throw new IOException("no request of the 2.x API: " + path);
    }
    HttpUrl url =
        request
            .url()
            .newBuilder()
            .query(null)
            .encodedPath(path.substring(0, api) + "/api/v2/signin")
            .build();
    return new Request.Builder()
        .url(url)
        .header(
            "Authorization",
            okhttp3.Credentials.basic(
                user.username(), user.password().reveal(), StandardCharsets.UTF_8))
        .post(RequestBody.create(new byte[0]))
        .build();
  }
}
