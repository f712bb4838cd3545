package io.motorwatch.sink.influx;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import okhttp3.mockwebserver.Dispatcher;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.RecordedRequest;
import okio.Buffer;
import okio.GzipSource;

/**
 * Organisation {@code motorwatch} of an InfluxDB 2.7.12 in memory. Whatever it says is from the
 * table of what a real one said, the names asked for put in.
 */
final class FakeInfluxDb2 extends Dispatcher {

  /** The kinds of requests, each of which can be made to get another answer. */
  enum Step {
    PING("GET /ping"),
    HEALTH("GET /health"),
    READY("GET /ready"),
    ORGANIZATION("GET /api/v2/orgs"),
    BUCKET("GET /api/v2/buckets"),
    CREATE_BUCKET("POST /api/v2/buckets"),
    WRITE("POST /api/v2/write"),
    MAPPINGS("GET /api/v2/dbrps"),
    CREATE_MAPPING("POST /api/v2/dbrps");

    private final String route;

    Step(String route) {
      this.route = route;
    }
  }

  /** Of an all-access token, and of one for {@link #limitedTo} alone. */
  static final String TOKEN = "t0ken";

  static final String LIMITED = "l1mited";

  private static final Pattern NAME = Pattern.compile("\"name\":\"([^\"]*)\"");
  private static final Pattern SECONDS = Pattern.compile("\"everySeconds\":(\\d+)");
  private static final String EXPLICIT = "\"default\": true,\n\t\t\t\"virtual\": false";
  private static final String VIRTUAL = "\"default\": false,\n\t\t\t\"virtual\": true";

  /** Buckets by name, with the seconds they keep. */
  final Map<String, Long> buckets = new LinkedHashMap<>();

  /** What {@link #LIMITED} may read and write. */
  final Set<String> limitedTo = new TreeSet<>();

  final Map<Step, MockResponse> instead = new EnumMap<>(Step.class);
  final List<Step> asked = new ArrayList<>();
  final List<HttpUrl> urls = new ArrayList<>();
  final List<String> bodies = new ArrayList<>();
  boolean mapped;

  synchronized List<String> bodiesOf(Step step) {
    List<String> found = new ArrayList<>();
    for (int i = 0; i < asked.size(); i++) {
      if (asked.get(i) == step) {
        found.add(bodies.get(i));
      }
    }
    return found;
  }

  @Override
  public synchronized MockResponse dispatch(RecordedRequest request) {
    HttpUrl url = request.getRequestUrl();
    String route = request.getMethod() + " " + url.encodedPath();
    for (Step step : Step.values()) {
      if (step.route.equals(route)) {
        String body = body(request);
        asked.add(step);
        urls.add(url);
        bodies.add(body);
        return instead.containsKey(step)
            ? instead.get(step).clone()
            : answer(step, url, body, String.valueOf(request.getHeader("Authorization"))).mock();
      }
    }
    return new MockResponse().setResponseCode(404).setBody("{\"code\":\"not found\"}");
  }

  private V2Answer answer(Step step, HttpUrl url, String body, String authorization) {
    switch (step) {
      case PING, HEALTH, READY -> {
        return V2Answer.named(step.route.substring("GET /".length()));
      }
      default -> {}
    }
    boolean limited = authorization.equals("Token " + LIMITED);
    if (!limited && !authorization.equals("Token " + TOKEN)) {
      return V2Answer.named("write-wrong-token");
    }
    return switch (step) {
      case ORGANIZATION -> organization(url, limited);
      case BUCKET -> bucket(url, limited);
      case CREATE_BUCKET -> limited ? V2Answer.named("limited-bucket-refused") : createBucket(body);
      case WRITE -> write(url, body, limited);
      case MAPPINGS -> mappings();
      case CREATE_MAPPING -> limited ? V2Answer.named("limited-bucket-refused") : createMapping();
      case PING, HEALTH, READY -> throw new IllegalStateException();
    };
  }

  private static boolean ours(HttpUrl url) {
    String name = url.queryParameter("org");
    String id = url.queryParameter("orgID");
    return name == null
        ? id == null || id.equals(V2Answer.ORG_ID)
        : name.equals("motorwatch") || name.equals(V2Answer.ORG_ID);
  }

  private static V2Answer organization(HttpUrl url, boolean limited) {
    if (!ours(url)) {
      return V2Answer.named("organization-missing");
    }
    return V2Answer.named(limited ? "limited-organization" : "organization");
  }

  private V2Answer bucket(HttpUrl url, boolean limited) {
    if (!ours(url)) {
      return V2Answer.named("bucket-organization-missing");
    }
    String name = String.valueOf(url.queryParameter("name"));
    Long seconds = buckets.get(name);
    if (seconds == null) {
      return V2Answer.named("bucket-missing").with("motorwatch/nope", name);
    }
    return limited && !limitedTo.contains(name)
        ? V2Answer.named("limited-other-bucket")
        : V2Answer.named("bucket")
            .with("\"motorwatch/hot\"", '"' + name + '"')
            .with("\"everySeconds\": 86400", "\"everySeconds\": " + seconds);
  }

  private V2Answer createBucket(String body) {
    String name = find(NAME, body);
    long seconds = Long.parseLong(find(SECONDS, body));
    if (seconds > 0 && seconds < 3600) {
      return V2Answer.named("bucket-too-short");
    }
    if (buckets.putIfAbsent(name, seconds) != null) {
      return V2Answer.named("bucket-conflict").with("motorwatch/try", name);
    }
    return V2Answer.named("bucket-created").with("\"motorwatch/try\"", '"' + name + '"');
  }

  private V2Answer write(HttpUrl url, String body, boolean limited) {
    if (!ours(url)) {
      return V2Answer.named("write-organization-missing");
    }
    String name = String.valueOf(url.queryParameter("bucket"));
    if (!buckets.containsKey(name)) {
      return V2Answer.named("write-bucket-missing").with("motorwatch/nope", name);
    }
    if (limited && !limitedTo.contains(name)) {
      return V2Answer.named("limited-write-refused");
    }
    return V2Answer.named(body.isEmpty() ? "written-nothing" : "written");
  }

  private V2Answer mappings() {
    V2Answer answer = V2Answer.named("mappings");
    return mapped ? answer : answer.with(EXPLICIT, VIRTUAL);
  }

  private V2Answer createMapping() {
    if (mapped) {
      return V2Answer.named("mapping-conflict");
    }
    mapped = true;
    return V2Answer.named("mapping-created");
  }

  private static String find(Pattern pattern, String body) {
    Matcher matcher = pattern.matcher(body);
    return matcher.find() ? matcher.group(1) : "0";
  }

  private static String body(RecordedRequest request) {
    try {
      if (!"gzip".equals(request.getHeader("Content-Encoding"))) {
        return request.getBody().readUtf8();
      }
      Buffer plain = new Buffer();
      try (GzipSource source = new GzipSource(request.getBody())) {
        plain.writeAll(source);
      }
      return plain.readUtf8();
    } catch (IOException e) {
      return "unreadable: " + e;
    }
  }
}
