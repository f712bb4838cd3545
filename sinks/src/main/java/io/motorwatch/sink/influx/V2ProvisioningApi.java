package io.motorwatch.sink.influx;

import com.google.gson.annotations.SerializedName;
import java.util.List;
import okhttp3.RequestBody;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;
import retrofit2.Call;
import retrofit2.http.Body;
import retrofit2.http.GET;
import retrofit2.http.POST;
import retrofit2.http.Query;

/**
 * The requests of provisioning on 2.x. The official client has most of them, but hides behind
 * exceptions what a refusal means, reads durations as 32 bits, and does not know of a mapping
 * whether it is virtual. Where both the name and the id of an organisation are taken, one is null.
 */
interface V2ProvisioningApi {

  record Organizations(@Nullable List<Organization> orgs) {}

  record Organization(String id, @Nullable String name) {}

  record Buckets(@Nullable List<Bucket> buckets) {}

  record Bucket(
      @Nullable String id,
      @Nullable String orgID,
      String name,
      @Nullable List<RetentionRule> retentionRules) {}

  /** How long a bucket keeps its points; 0 is without end. */
  record RetentionRule(String type, long everySeconds, long shardGroupDurationSeconds) {}

  record Mappings(@Nullable List<Mapping> content) {}

  /**
   * A database and retention policy of InfluxQL, and the bucket that stands for it.
   *
   * @param virtual whether InfluxDB made it up from the bucket's name; then never a default
   */
  record Mapping(
      String orgID,
      String bucketID,
      String database,
      @SerializedName("retention_policy") String retentionPolicy,
      @SerializedName("default") boolean isDefault,
      boolean virtual) {}

  @GET("api/v2/orgs")
  Call<Organizations> organizations(
      @Query("org") @Nullable String name, @Query("orgID") @Nullable String id);

  @GET("api/v2/buckets")
  Call<Buckets> buckets(
      @Query("org") @Nullable String org,
      @Query("orgID") @Nullable String orgId,
      @Query("name") String name);

  @POST("api/v2/buckets")
  Call<Bucket> create(@Body Bucket bucket);

  @GET("api/v2/dbrps")
  Call<Mappings> mappings(
      @Query("org") @Nullable String org,
      @Query("orgID") @Nullable String orgId,
      @Query("db") String database);

  @POST("api/v2/dbrps")
  Call<Mapping> create(@Body Mapping mapping);

  @POST("api/v2/write")
  Call<ResponseBody> write(
      @Query("org") String org, @Query("bucket") String bucket, @Body RequestBody lines);
}
