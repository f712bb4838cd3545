package io.motorwatch.tools.cluster;

import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.flink.client.deployment.executors.LocalExecutor;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.core.execution.PipelineExecutor;
import org.apache.flink.core.execution.PipelineExecutorFactory;
import org.apache.flink.core.execution.PipelineExecutorServiceLoader;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Flink's own local executor, for one job, which also says where its web UI is: so the system can
 * choose the port, and no other process can take it between our choice and its use.
 */
final class LocalCluster implements PipelineExecutorServiceLoader, PipelineExecutorFactory {

  private static final Logger LOG = LoggerFactory.getLogger(LocalCluster.class);
  private static final long CLOSE_SECONDS = 10;

  private final CompletableFuture<MiniCluster> cluster = new CompletableFuture<>();

  /** An environment whose job runs on this cluster, with the web UI on a free loopback port. */
  StreamExecutionEnvironment environment(Configuration settings) {
    Configuration all = new Configuration(settings);
    all.set(DeploymentOptions.TARGET, LocalExecutor.NAME);
    all.set(DeploymentOptions.ATTACHED, true);
    all.set(RestOptions.BIND_ADDRESS, "127.0.0.1");
    all.set(RestOptions.BIND_PORT, "0");
    return new StreamExecutionEnvironment(this, all, null);
  }

  /** The port of the web UI; waits until it listens. The job must have been started. */
  int webPort() throws ExecutionException, InterruptedException {
    return cluster.thenCompose(MiniCluster::getRestAddress).thenApply(URI::getPort).get();
  }

  /** Ends the cluster; waits for it, some seconds at most. */
  void close() {
    MiniCluster created = cluster.getNow(null);
    if (created == null) {
      return;
    }
    try {
      created.closeAsync().get(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.debug("The embedded cluster does not end", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private MiniCluster create(MiniClusterConfiguration settings) {
    MiniCluster created = new MiniCluster(settings);
    cluster.complete(created);
    return created;
  }

  @Override
  public PipelineExecutor getExecutor(Configuration settings) {
    return LocalExecutor.createWithFactory(settings, this::create);
  }

  @Override
  public PipelineExecutorFactory getExecutorFactory(Configuration settings) {
    return this;
  }

  @Override
  public Stream<String> getExecutorNames() {
    return Stream.of(getName());
  }

  @Override
  public String getName() {
    return LocalExecutor.NAME;
  }

  @Override
  public boolean isCompatibleWith(Configuration settings) {
    return true;
  }
}
