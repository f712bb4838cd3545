package io.motorwatch.tools.compose;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** A compose file, as far as the tests look into it. */
record ComposeFile(Path path, Map<String, Service> services) {

  static final Path ROOT = Path.of("..");
  static final ComposeFile MAIN = read("docker-compose.yml");
  static final ComposeFile TLS = read("docker-compose.tls.yml");

  /**
   * A service.
   *
   * @param mounts files and folders of the checkout by where they are in the container
   */
  record Service(
      String name,
      Map<String, Object> all,
      List<String> command,
      Map<String, String> environment,
      Map<String, Path> mounts) {

    String text(String key) {
      return String.valueOf(all.get(key));
    }

    List<String> texts(String key) {
      return list(all.get(key));
    }
  }

  Service service(String name) {
    Service service = services.get(name);
    if (service == null) {
      throw new IllegalArgumentException(path + " has no service " + name);
    }
    return service;
  }

  /**
   * Lays the files of a service out as its container has them.
   *
   * @return the folder that stands for the container's
   */
  Path layOut(String service, String containerFolder, Path folder) throws IOException {
    for (Map.Entry<String, Path> mount : service(service).mounts().entrySet()) {
      if (mount.getKey().startsWith(containerFolder + "/")) {
        Path target = folder.resolve(mount.getKey().substring(containerFolder.length() + 1));
        Files.createDirectories(target.getParent());
        Files.copy(mount.getValue(), target);
      }
    }
    return folder;
  }

  private static ComposeFile read(String name) {
    Path path = ROOT.resolve(name);
    try {
      Map<String, Object> root =
          map(new Load(LoadSettings.builder().build()).loadFromString(Files.readString(path)));
      Map<String, Service> services = new LinkedHashMap<>();
      map(root.get("services"))
          .forEach((service, value) -> services.put(service, service(service, map(value))));
      return new ComposeFile(path, services);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Service service(String name, Map<String, Object> all) {
    Map<String, String> environment = new LinkedHashMap<>();
    map(all.get("environment"))
        .forEach((variable, value) -> environment.put(variable, String.valueOf(value)));
    Map<String, Path> mounts = new LinkedHashMap<>();
    for (String volume : list(all.get("volumes"))) {
      String[] parts = volume.split(":");
      if (parts[0].startsWith("./")) {
        mounts.put(parts[1], ROOT.resolve(parts[0].substring(2)));
      }
    }
    return new Service(name, all, list(all.get("command")), environment, mounts);
  }

  private static Map<String, Object> map(Object value) {
    Map<String, Object> map = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> read) {
      read.forEach((key, each) -> map.put(String.valueOf(key), each));
    }
    return map;
  }

  private static List<String> list(Object value) {
    List<String> list = new ArrayList<>();
    if (value instanceof List<?> read) {
      read.forEach(each -> list.add(String.valueOf(each)));
    }
    return list;
  }
}
