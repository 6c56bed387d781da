package localcloud.assembly;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.util.List;

/**
 * Fills an empty local cloud through its own API, as any client would: the three buckets, a group
 * of three that runs version 1, and a backend service over it. What an earlier run left is kept.
 */
public final class Seed {
  private static final String GLOBAL = "projects/" + Names.PROJECT + "/global/";

  private final Api api;
  private final ComputeClient compute;
  private final Disks disks;
  private final Tempo tempo;

  public Seed(Api api, Disks disks) {
    this.api = api;
    this.compute = new ComputeClient(api);
    this.disks = disks;
    this.tempo = disks.machines().tempo();
  }

  /** Returns when the operations are done; the instances may still be booting. */
  public void plant() throws IOException, InterruptedException {
    for (String bucket : List.of(Names.UPLOADS, Names.RECORDS, Names.PRIVATE)) {
      JsonObject resource = named(bucket);
      resource.addProperty("location", "US-WEST1");
      api.create("/storage/v1/b?project=" + Names.PROJECT, resource);
    }
    plantImage();
    compute.create("global/healthChecks", healthCheck());
    compute.create("global/instanceTemplates", template());
    compute.create("zones/" + Names.ZONE + "/instanceGroupManagers", group());
    compute.create("global/backendServices", backendService());
  }

  private void plantImage() throws IOException, InterruptedException {
    if (compute.find("global/images/" + Names.FIRST).isPresent()) {
      return;
    }
    String object = Names.FIRST + ".tar.gz";
    api.upload(disks.tarball("1"), Names.PRIVATE, object);
    JsonObject rawDisk = new JsonObject();
    rawDisk.addProperty("source", "https://storage.googleapis.com/" + Names.PRIVATE + "/" + object);
    JsonObject image = named(Names.FIRST);
    image.addProperty("family", Names.TARGET);
    image.add("rawDisk", rawDisk);
    compute.create("global/images", image);
  }

  private JsonObject healthCheck() {
    JsonObject http = new JsonObject();
    http.addProperty("port", 80);
    http.addProperty("requestPath", tempo.healthPath());
    JsonObject check = named(Names.HEALTH_CHECK);
    check.addProperty("type", "HTTP");
    check.addProperty("checkIntervalSec", tempo.checkSeconds());
    check.addProperty("timeoutSec", tempo.checkSeconds());
    check.addProperty("unhealthyThreshold", tempo.failures());
    check.add("httpHealthCheck", http);
    return check;
  }

  private static JsonObject template() {
    JsonObject source = new JsonObject();
    source.addProperty("sourceImage", GLOBAL + "images/" + Names.FIRST);
    JsonObject disk = new JsonObject();
    disk.addProperty("boot", true);
    disk.addProperty("autoDelete", true);
    disk.addProperty("type", "PERSISTENT");
    disk.addProperty("mode", "READ_WRITE");
    disk.add("initializeParams", source);
    JsonObject access = named("external-nat");
    access.addProperty("type", "ONE_TO_ONE_NAT");
    JsonObject network = new JsonObject();
    network.addProperty("network", "global/networks/default");
    network.add("accessConfigs", listOf(access));
    JsonObject properties = new JsonObject();
    // Old enough for a unikernel that drives virtio: newer series offer other devices only.
    properties.addProperty("machineType", "f1-micro");
    properties.add("disks", listOf(disk));
    properties.add("networkInterfaces", listOf(network));
    JsonObject logging = new JsonObject();
    logging.addProperty("key", "serial-port-logging-enable");
    logging.addProperty("value", "true");
    properties.add("metadata", items(logging));
    properties.add("tags", items(new JsonPrimitive(Names.TARGET)));
    JsonObject template = named(Names.FIRST);
    template.add("properties", properties);
    return template;
  }

  private static JsonObject items(JsonElement one) {
    JsonObject items = new JsonObject();
    items.add("items", listOf(one));
    return items;
  }

  private static JsonObject group() {
    JsonObject version = new JsonObject();
    version.addProperty("instanceTemplate", GLOBAL + "instanceTemplates/" + Names.FIRST);
    JsonObject healing = new JsonObject();
    healing.addProperty("healthCheck", GLOBAL + "healthChecks/" + Names.HEALTH_CHECK);
    healing.addProperty("initialDelaySec", 60);
    JsonObject group = named(Names.GROUP);
    group.addProperty("baseInstanceName", Names.TARGET);
    group.addProperty("targetSize", Names.GROUP_SIZE);
    group.add("versions", listOf(version));
    group.add("autoHealingPolicies", listOf(healing));
    group.add("namedPorts", listOf(webPort()));
    return group;
  }

  private static JsonObject webPort() {
    JsonObject port = named("http");
    port.addProperty("port", 80);
    return port;
  }

  private JsonObject backendService() {
    JsonObject backend = new JsonObject();
    backend.addProperty(
        "group",
        "projects/" + Names.PROJECT + "/zones/" + Names.ZONE + "/instanceGroups/" + Names.GROUP);
    JsonObject draining = new JsonObject();
    draining.addProperty("drainingTimeoutSec", tempo.drainSeconds());
    JsonArray checks = new JsonArray();
    checks.add(GLOBAL + "healthChecks/" + Names.HEALTH_CHECK);
    JsonObject service = named(Names.BACKEND);
    service.addProperty("protocol", "HTTP");
    service.addProperty("portName", "http");
    service.addProperty("loadBalancingScheme", "EXTERNAL_MANAGED");
    service.add("healthChecks", checks);
    service.add("backends", listOf(backend));
    service.add("connectionDraining", draining);
    return service;
  }

  private static JsonObject named(String name) {
    JsonObject resource = new JsonObject();
    resource.addProperty("name", name);
    return resource;
  }

  private static JsonArray listOf(JsonElement element) {
    JsonArray list = new JsonArray();
    list.add(element);
    return list;
  }
}
