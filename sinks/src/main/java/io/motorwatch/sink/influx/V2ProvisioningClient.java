package io.motorwatch.sink.influx;

import com.influxdb.client.InfluxDBClient;
import io.motorwatch.sink.influx.V2ProvisioningApi.Bucket;
import io.motorwatch.sink.influx.V2ProvisioningApi.Mapping;
import io.motorwatch.sink.influx.V2ProvisioningApi.Organization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import okhttp3.RequestBody;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;
import retrofit2.Call;

/** One InfluxDB 2.x with our token, asked one thing at a time. Blocks. */
final class V2ProvisioningClient implements AutoCloseable {

  /** What came of a request: the server's words, and what it sent where it is a success. */
  record Answer<T>(WriteResponse response, @Nullable T body) {

    int status() {
      return response.status();
    }

    boolean success() {
      return ResponseClassifier.classify(response) == WriteOutcome.SUCCESS;
    }

    /** 2.x answers 401 to who may not create, and 403 to who may not write. */
    boolean denied() {
      return status() == 401 || status() == 403;
    }
  }

  private static final Pattern ID = Pattern.compile("[0-9a-f]{16}");
  private static final String NO_SUCH_ORGANISATION = "organization name";

  private final InfluxConnection connection;
  private final HttpTransport transport;
  private final InfluxDBClient client;
  private final V2ProvisioningApi api;

  private V2ProvisioningClient(InfluxConnection connection, HttpTransport transport) {
    this.connection = connection;
    this.transport = transport;
    this.client = V2ClientFactory.open(connection, transport);
    this.api = client.getService(V2ProvisioningApi.class);
  }

  /**
   * A server whose organisation is known by name or id.
   *
   * @throws IOException as {@link #withOrganization}
   */
  static V2ProvisioningClient open(InfluxConnection connection) throws IOException {
    InfluxConnection named;
    try (HttpTransport transport = new HttpTransport(connection)) {
      named = withOrganization(connection, transport);
    }
    return new V2ProvisioningClient(named, new HttpTransport(named));
  }

  /**
   * The same connection with the server's only organisation where it names none. (2.x takes no
   * points without.)
   *
   * @param transport to ask by, for nothing else
   * @throws InfluxUnreachableException if there is not exactly one to see
   * @throws ProbeRefusedException if the server does not answer that
   */
  static InfluxConnection withOrganization(InfluxConnection connection, HttpTransport transport)
      throws IOException {
    if (connection.org() != null) {
      return connection;
    }
    try (V2ProvisioningClient server = new V2ProvisioningClient(connection, transport)) {
      Organization only = server.onlyOrganization();
      return connection.withOrg(Objects.requireNonNullElse(only.name(), only.id()));
    }
  }

  InfluxConnection connection() {
    return connection;
  }

  String org() {
    return Objects.requireNonNull(connection.org());
  }

  /** InfluxDB itself takes 16 hexadecimal digits for an id where it takes both. */
  boolean orgIsId() {
    return ID.matcher(org()).matches();
  }

  private Organization onlyOrganization() throws IOException {
    Answer<V2ProvisioningApi.Organizations> answer = ask(api.organizations(null, null));
    if (!answer.success()) {
      throw new ProbeRefusedException(answer.response());
    }
    List<Organization> found = organizations(answer);
    if (found.size() == 1) {
      return found.get(0);
    }
    throw new InfluxUnreachableException(
        found.isEmpty()
            ? "InfluxDB at %s shows this token no organisation: name yours in influx.org"
                .formatted(connection.address())
            : "InfluxDB at %s has more than one organisation (%s): say which in influx.org"
                .formatted(
                    connection.address(),
                    String.join(
                        ", ", found.stream().map(org -> String.valueOf(org.name())).toList())),
        false);
  }

  /**
   * Looks for the configured organisation.
   *
   * @return null if the token may not see it, though it may well write there
   * @throws InfluxUnreachableException if there is none
   */
  @Nullable Organization organization() throws IOException {
    Answer<V2ProvisioningApi.Organizations> answer =
        ask(orgIsId() ? api.organizations(null, org()) : api.organizations(org(), null));
    if (answer.status() == 404) {
      throw noSuchOrganization();
    }
    List<Organization> found = organizations(answer);
    return found.isEmpty() ? null : found.get(0);
  }

  private List<Organization> organizations(Answer<V2ProvisioningApi.Organizations> answer)
      throws IOException {
    return orEmpty(body(answer).orgs());
  }

  private InfluxUnreachableException noSuchOrganization() {
    return new InfluxUnreachableException(
        orgIsId()
            ? "InfluxDB at %s has no organisation of the id %s: check influx.org"
                .formatted(connection.address(), org())
            : "InfluxDB at %s has no organisation '%s': check influx.org, or create it: %s"
                .formatted(
                    connection.address(), org(), V2Commands.of(connection).createOrganization()),
        false);
  }

  /**
   * Looks for a bucket by name.
   *
   * @return null if there is none, or the token may not read it
   */
  @Nullable Bucket bucket(String name) throws IOException {
    Answer<V2ProvisioningApi.Buckets> answer =
        ask(orgIsId() ? api.buckets(null, org(), name) : api.buckets(org(), null, name));
    if (answer.status() == 404) {
      requireOrganization(answer.response());
      return null;
    }
    for (Bucket bucket : orEmpty(body(answer).buckets())) {
      if (bucket.name().equals(name)) {
        return bucket;
      }
    }
    return null;
  }

  Answer<Bucket> create(Bucket bucket) {
    return ask(api.create(bucket));
  }

  /** Every mapping of a database, the virtual ones too; not a success if we may not see them. */
  Answer<V2ProvisioningApi.Mappings> mappings(String database) {
    return ask(
        orgIsId() ? api.mappings(null, org(), database) : api.mappings(org(), null, database));
  }

  Answer<Mapping> create(Mapping mapping) {
    return ask(api.create(mapping));
  }

  /**
   * Writes no point: InfluxDB answers as it would to points whether the bucket is there (404) and
   * whether we may write to it (403).
   */
  WriteResponse tryWriting(String bucket) throws IOException {
    Answer<ResponseBody> answer = ask(api.write(org(), bucket, RequestBody.create(new byte[0])));
    if (answer.status() == 404) {
      requireOrganization(answer.response());
    }
    return answer.response();
  }

  private void requireOrganization(WriteResponse notFound) throws IOException {
    if (notFound.message().startsWith(NO_SUCH_ORGANISATION)) {
      throw noSuchOrganization();
    }
    if (notFound.source() == WriteResponse.Source.OTHER) {
      // Whoever has no such path is not an InfluxDB 2.x that has no such bucket.
      InfluxProbe.require(connection, notFound);
    }
  }

  private <T> Answer<T> ask(Call<T> call) {
    AtomicReference<@Nullable T> body = new AtomicReference<>();
    WriteResponse response =
        transport.observe(
            () -> {
              try {
                body.set(call.execute().body());
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    return new Answer<>(response, body.get());
  }

  /**
   * What a success brought.
   *
   * @throws InfluxUnreachableException if it is none
   */
  <T> T body(Answer<T> answer) throws IOException {
    InfluxProbe.require(connection, answer.response());
    T body = answer.body();
    if (body == null) {
      throw new InfluxUnreachableException(
          "InfluxDB at " + connection.address() + " gave an answer its client cannot read", false);
    }
    return body;
  }

  static <T> List<T> orEmpty(@Nullable List<T> list) {
    return list == null ? List.of() : list;
  }

  @Override
  public void close() {
    transport.close();
    client.close();
  }
}
