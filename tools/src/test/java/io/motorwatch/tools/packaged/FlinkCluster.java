package io.motorwatch.tools.packaged;

import static org.awaitility.Awaitility.await;

import io.motorwatch.local.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** A standalone Flink cluster: a job manager and task managers of one slot, each a process. */
final class FlinkCluster implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Path folder;
  private final int restPort;
  private final JavaProcess jobManager;
  private final Deque<JavaProcess> taskManagers = new ArrayDeque<>();
  private final HttpClient http = HttpClient.newHttpClient();
  private int started;

  private FlinkCluster(Path folder, int restPort, JavaProcess jobManager) {
    this.folder = folder;
    this.restPort = restPort;
    this.jobManager = jobManager;
  }

  static FlinkCluster start(Path folder, int slots) throws Exception {
    int restPort = FreePort.find();
    Files.write(
        folder.resolve("config.yaml"),
        List.of(
            "jobmanager.rpc.address: 127.0.0.1",
            "jobmanager.rpc.port: " + FreePort.find(),
            "jobmanager.memory.process.size: 1024m",
            "rest.address: 127.0.0.1",
            "rest.bind-address: 127.0.0.1",
            "rest.port: " + restPort,
            "taskmanager.host: 127.0.0.1",
            "taskmanager.bind-host: 127.0.0.1",
            "taskmanager.numberOfTaskSlots: 1",
            // The scripts of a distribution work these out; here they are needed in full.
            "taskmanager.cpu.cores: 1.0",
            "taskmanager.memory.task.heap.size: 256m",
            "taskmanager.memory.task.off-heap.size: 0m",
            "taskmanager.memory.network.min: 64m",
            "taskmanager.memory.network.max: 64m",
            "taskmanager.memory.managed.size: 16m",
            "taskmanager.memory.framework.heap.size: 128m",
            "taskmanager.memory.framework.off-heap.size: 128m",
            "taskmanager.memory.jvm-metaspace.size: 256m",
            "taskmanager.memory.jvm-overhead.min: 192m",
            "taskmanager.memory.jvm-overhead.max: 192m",
            // A process that is gone is noticed within a second, not a minute.
            "heartbeat.interval: 500",
            "heartbeat.timeout: 5000",
            "restart-strategy.type: fixed-delay",
            "restart-strategy.fixed-delay.attempts: 1000",
            "restart-strategy.fixed-delay.delay: 200ms"));
    JavaProcess jobManager =
        JavaProcess.flink(
            folder.resolve("jobmanager.log"),
            "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint",
            "--configDir",
            folder.toString());
    FlinkCluster cluster = new FlinkCluster(folder, restPort, jobManager);
    for (int i = 0; i < slots; i++) {
      cluster.addTaskManager();
    }
    await()
        .atMost(PATIENCE)
        .failFast("ended: see " + folder, () -> !cluster.alive())
        .ignoreExceptions()
        .until(() -> cluster.get("/overview").contains("\"slots-total\":" + slots));
    return cluster;
  }

  private boolean alive() {
    return jobManager.alive() && taskManagers.stream().allMatch(JavaProcess::alive);
  }

  void addTaskManager() throws IOException {
    taskManagers.add(
        JavaProcess.flink(
            folder.resolve("taskmanager-" + started++ + ".log"),
            "org.apache.flink.runtime.taskexecutor.TaskManagerRunner",
            "--configDir",
            folder.toString()));
  }

  /** The one that has been there longest dies, and another comes in its place. */
  void killTaskManager() throws Exception {
    taskManagers.remove().kill();
    addTaskManager();
  }

  String address() {
    return "127.0.0.1:" + restPort;
  }

  /** How often the job was restarted. */
  int restarts(String job) throws Exception {
    String answer = get("/jobs/" + job + "/metrics?get=numRestarts");
    return Integer.parseInt(answer.replaceAll(".*\"value\":\"(\\d+)\".*", "$1"));
  }

  /** What the job manager's REST interface answers. */
  String get(String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + address() + path))
            .timeout(Duration.ofSeconds(10))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  @Override
  public void close() {
    taskManagers.forEach(JavaProcess::close);
    jobManager.close();
  }
}
