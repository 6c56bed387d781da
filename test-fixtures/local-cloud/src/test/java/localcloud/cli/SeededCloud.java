package localcloud.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.storage.model.StorageObject;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import localcloud.access.Access;
import localcloud.access.Grants;
import localcloud.assembly.Api;
import localcloud.assembly.Closing;
import localcloud.assembly.ComputeClient;
import localcloud.assembly.DataFolder;
import localcloud.assembly.Disks;
import localcloud.assembly.FirstVersion;
import localcloud.assembly.FunctionSettings;
import localcloud.assembly.GroupState;
import localcloud.assembly.Install;
import localcloud.assembly.LocalCloud;
import localcloud.assembly.LocalPage;
import localcloud.assembly.MachineChoice;
import localcloud.assembly.Names;
import localcloud.assembly.Seed;
import localcloud.assembly.Tempo;
import localcloud.assembly.UpOptions;
import localcloud.balancer.Traffic;
import localcloud.clock.RunningClock;
import localcloud.events.FinalizeEvent;
import localcloud.events.FunctionInstances;
import localcloud.events.FunctionPlan;
import localcloud.events.InvokerCommand;
import localcloud.http.ApiServer;
import localcloud.http.CallLog;
import localcloud.http.FaultRoutes;
import localcloud.world.operations.Pace;
import page.Settings;
import page.Token;
import tarballs.Kind;
import tarballs.SimulatedDisk;
import tarballs.Tarball;

/**
 * The local cloud as {@code up} starts it, with its group of three on version 1, inside the test's
 * process and without a function: the test brings one, and the events to it.
 */
public final class SeededCloud implements AutoCloseable {
  private static final int SPEED = 50;

  private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

  private final Closing closing = new Closing();
  private final int speed;
  private final DataFolder data;
  private final LocalCloud cloud;
  private final Api api;
  private final ComputeClient compute;

  /** Keeps its data in this folder; everybody has what infra/ grants. */
  public SeededCloud(Path folder) throws IOException, InterruptedException {
    this(folder, SPEED, granted());
  }

  /** The same at another speed: cloud seconds in one of the system's. */
  public SeededCloud(Path folder, int speed) throws IOException, InterruptedException {
    this(folder, speed, granted());
  }

  private SeededCloud(Path folder, int speed, Grants granted)
      throws IOException, InterruptedException {
    this(folder, speed, () -> granted);
  }

  /** The same, with other grants. */
  public SeededCloud(Path folder, Supplier<Grants> grants)
      throws IOException, InterruptedException {
    this(folder, SPEED, grants);
  }

  private SeededCloud(Path folder, int speed, Supplier<Grants> grants)
      throws IOException, InterruptedException {
    this(folder, speed, new MachineChoice(false, "for a test"), grants);
  }

  private SeededCloud(Path folder, int speed, MachineChoice machines, Supplier<Grants> grants)
      throws IOException, InterruptedException {
    data = DataFolder.at(Files.createDirectories(folder));
    this.speed = speed;
    boolean serves = false;
    try {
      cloud = LocalCloud.start(data, options(speed, machines), grants, closing);
      api = new Api(cloud.endpoint());
      compute = new ComputeClient(api);
      new Seed(api, new Disks(new Install(ROOT), data, machines)).plant();
      new FirstVersion(compute, cloud.clock()).await(Duration.ofMinutes(10));
      serves = true;
    } finally {
      if (!serves) {
        closing.close();
      }
    }
  }

  /** In the system's own time, with simulated machines that start and stop within a second. */
  public static SeededCloud brisk(Path folder) throws IOException, InterruptedException {
    Grants granted = granted();
    return brisk(folder, () -> granted);
  }

  /** The same, with other grants. */
  public static SeededCloud brisk(Path folder, Supplier<Grants> grants)
      throws IOException, InterruptedException {
    Duration second = Duration.ofSeconds(1);
    Pace pace = new Pace(second.multipliedBy(5), second, second, second, second, second);
    Tempo tempo = new Tempo(pace, "/", 1, 2, 0, Names.GROUP_SIZE, 0, 0);
    return new SeededCloud(folder, 1, new MachineChoice(false, "for a test", tempo), grants);
  }

  /**
   * In the system's own time, with machines that boot their disk.
   *
   * @throws IOException with what lacks for them on this computer
   */
  public static SeededCloud real(Path folder) throws IOException, InterruptedException {
    Optional<String> lacking = new Install(ROOT).appliance().missing();
    if (lacking.isPresent()) {
      throw new IOException("real machines cannot be had: " + lacking.get());
    }
    Grants granted = granted();
    return new SeededCloud(folder, 1, new MachineChoice(true, "for a test"), () -> granted);
  }

  private static UpOptions options(int speed, MachineChoice machines) {
    return new UpOptions(
        false,
        false,
        Optional.empty(),
        speed,
        machines,
        new ApiServer.Ports(0, 0),
        0,
        0,
        0,
        1,
        Optional.empty());
  }

  /** A page of it that is read as one of a real project is: requests are told by the metrics. */
  public Settings pageByMonitoring() {
    return pageOf(Access.token(Grants.VIEWER));
  }

  /** The same for whoever has this token. */
  public Settings pageOf(String token) {
    return pageOf(token, 0);
  }

  /**
   * The same as for a project where each call counts.
   *
   * @param callsPerMinute after what is shown first
   */
  public Settings pageOf(String token, int callsPerMinute) {
    Settings own = LocalPage.of(cloud.ports(), speed, cloud.clock());
    Settings.Endpoints apis = own.endpoints();
    return new Settings(
        own.place(),
        own.project(),
        own.buckets(),
        new Settings.Endpoints(
            apis.storage(), apis.compute(), apis.logging(), apis.monitoring(), ""),
        own.function(),
        own.speed(),
        callsPerMinute,
        Token.fixed(token, Grants.VIEWER),
        own.clock());
  }

  /** What infra/ grants. */
  public static Grants granted() throws IOException {
    return granted(Path.of("../../infra"));
  }

  /** What a copy of infra/ grants. */
  public static Grants granted(Path infra) throws IOException {
    return Grants.read(infra, Names.BUCKETS);
  }

  /** Where its APIs are. */
  public String endpoint() {
    return cloud.endpoint();
  }

  /** Its time. */
  public Instant now() {
    return cloud.clock().instant();
  }

  /** Which permissions were needed and there, by everybody but the owner. */
  public Set<Access.Use> uses() {
    return cloud.uses();
  }

  /** What the function's environment holds, but for what a test says otherwise. */
  public Map<String, String> environment(Map<String, String> otherwise) {
    Map<String, String> environment =
        new TreeMap<>(
            FunctionSettings.of(cloud.endpoint(), cloud.clock().setting(), Tempo.usual()));
    environment.putAll(otherwise);
    return environment;
  }

  /** The address of the page. */
  public String page() {
    return cloud.page();
  }

  public RunningClock clock() {
    return cloud.clock();
  }

  /** Where the load balancer is asked. */
  public URI site() {
    return URI.create("http://127.0.0.1:" + cloud.balancer().port());
  }

  /** What passed the load balancer. */
  public Traffic traffic() {
    return cloud.balancer().traffic();
  }

  /** Makes an image and a template of this name that differ from version 1's in the disk alone. */
  public void version(String name, SimulatedDisk disk) throws IOException, InterruptedException {
    String url = put(name + ".tar.gz", disk);
    compute.create(
        "global/images",
        JsonParser.parseString(
                "{\"name\":\"" + name + "\",\"rawDisk\":{\"source\":\"" + url + "\"}}")
            .getAsJsonObject());
    String first = compute("global/instanceTemplates/" + Names.FIRST).toString();
    JsonObject template =
        JsonParser.parseString(
                first.replace("images/" + Names.FIRST + "\"", "images/" + name + "\""))
            .getAsJsonObject();
    template.addProperty("name", name);
    List.of("id", "kind", "selfLink", "creationTimestamp").forEach(template::remove);
    compute.create("global/instanceTemplates", template);
  }

  /** Merges this into a resource of Compute, by its path after the project. */
  public void patch(String path, String json) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(cloud.endpoint() + "/compute/v1/projects/demo/" + path))
            .method("PATCH", HttpRequest.BodyPublishers.ofString(json))
            .build();
    HttpResponse<String> answer =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException("PATCH " + path + ": " + answer.body());
    }
  }

  /** Rolls the group over to this template and waits until it is at rest. */
  public void roll(String template, int surge) throws IOException, InterruptedException {
    patch(
        "zones/" + Names.ZONE + "/instanceGroupManagers/" + Names.GROUP,
        "{\"versions\":[{\"instanceTemplate\":\"global/instanceTemplates/"
            + template
            + "\"}],\"updatePolicy\":{\"type\":\"PROACTIVE\",\"maxSurge\":{\"fixed\":"
            + surge
            + "},\"maxUnavailable\":{\"fixed\":0}}}");
    new FirstVersion(compute, cloud.clock()).await(Duration.ofMinutes(10));
  }

  /** Puts a tarball where it is no upload to the function; its URL ends in the name. */
  public String put(String object, SimulatedDisk disk) throws IOException, InterruptedException {
    return put(object, Kind.SPARSE, disk);
  }

  /** The same of this kind. */
  public String put(String object, Kind kind, SimulatedDisk disk)
      throws IOException, InterruptedException {
    Path tarball = Files.createDirectories(data.tarballs()).resolve(object);
    Tarball.write(kind, disk, tarball);
    api.upload(tarball, Names.PRIVATE, object);
    return "https://storage.googleapis.com/" + Names.PRIVATE + "/" + object;
  }

  /** Uploads a tarball and returns the finalize event, which nobody else delivers. */
  public FinalizeEvent upload(String object, Kind kind, SimulatedDisk disk)
      throws IOException, InterruptedException {
    Path tarball = Files.createDirectories(data.tarballs()).resolve(object);
    Tarball.write(kind, disk, tarball);
    return upload(tarball);
  }

  /** Uploads a file under its own name. */
  public FinalizeEvent upload(Path tarball) throws IOException, InterruptedException {
    return event(api.upload(tarball, Names.UPLOADS, tarball.getFileName().toString()));
  }

  /** The scheduler's event, as of this moment. */
  public FinalizeEvent sweep() throws IOException, InterruptedException {
    Path content = Files.createDirectories(data.tarballs()).resolve("sweep");
    Files.writeString(content, "sweep");
    return event(api.upload(content, Names.UPLOADS, "handoff/sweep"));
  }

  /** The finalize event of an object of the uploads bucket. */
  public FinalizeEvent uploaded(String name) throws IOException, InterruptedException {
    return event(object(Names.UPLOADS, URLEncoder.encode(name, UTF_8)));
  }

  /** The record of what this event tells of. */
  public JsonObject record(FinalizeEvent event) throws IOException, InterruptedException {
    return findRecord(event).orElseThrow();
  }

  /** The same, if it has been written yet. */
  public Optional<JsonObject> findRecord(FinalizeEvent event)
      throws IOException, InterruptedException {
    JsonObject upload = JsonParser.parseString(event.body()).getAsJsonObject();
    String name = upload.get("name").getAsString();
    String generation = upload.get("generation").getAsString();
    return api.content(Names.RECORDS, "deployments/" + name + "/" + generation + ".json");
  }

  /** Makes one of Compute's resources, and returns when its operation is done. */
  public void create(String collection, String json) throws IOException, InterruptedException {
    compute.create(collection, JsonParser.parseString(json).getAsJsonObject());
  }

  /** Any of Compute's resources, by its path after {@code /compute/v1/projects/demo/}. */
  public JsonObject compute(String path) throws IOException, InterruptedException {
    return api.get("/compute/v1/projects/demo/" + path);
  }

  /** Makes an alert policy, and returns its name. */
  public String alertPolicy(String json) throws IOException, InterruptedException {
    JsonObject policy = JsonParser.parseString(json).getAsJsonObject();
    return api.post("/v3/projects/demo/alertPolicies", policy).get("name").getAsString();
  }

  /** Any of Cloud Monitoring's resources, by its path after {@code /v3/projects/demo/}. */
  public JsonObject monitoring(String path) throws IOException, InterruptedException {
    return api.get("/v3/projects/demo/" + path);
  }

  /** What {@code env} prints for a shell that acts as this identity. */
  public Map<String, String> shell(String identity) throws IOException {
    Map<String, String> variables = new TreeMap<>();
    for (String line : Files.readAllLines(data.env(identity))) {
      String[] parts = line.substring("export ".length()).split("=", 2);
      variables.put(parts[0], parts[1].replaceAll("^'|'$", ""));
    }
    return variables;
  }

  /** Writes a record, as the function does. */
  public void writeRecord(String name, String text) throws IOException, InterruptedException {
    Path file = Files.writeString(data.path().resolve("record.json"), text);
    api.upload(file, Names.RECORDS, name);
  }

  /** The resource of an object. */
  public JsonObject object(String bucket, String name) throws IOException, InterruptedException {
    return api.get("/storage/v1/b/" + bucket + "/o/" + name);
  }

  /** The names of what a bucket holds. */
  public List<String> objects(String bucket) throws IOException, InterruptedException {
    JsonObject list = api.get("/storage/v1/b/" + bucket + "/o");
    return list.has("items")
        ? list.getAsJsonArray("items").asList().stream()
            .map(item -> item.getAsJsonObject().get("name").getAsString())
            .toList()
        : List.of();
  }

  /** What listManagedInstances tells of a group, by its path as {@link #compute} takes it. */
  public List<JsonObject> instances(String group) throws IOException, InterruptedException {
    String path = "/compute/v1/projects/demo/" + group + "/listManagedInstances";
    return api.post(path, new JsonObject()).getAsJsonArray("managedInstances").asList().stream()
        .map(JsonElement::getAsJsonObject)
        .toList();
  }

  /** The templates that the group's instances run, as names. */
  public List<String> running() throws IOException, InterruptedException {
    return compute.group().instances().stream().map(GroupState.Instance::template).toList();
  }

  /** Whether the group is at rest, and each of its three serves by this template, given by name. */
  public boolean serves(String template) throws IOException, InterruptedException {
    return compute.group().runsEverywhere(template);
  }

  /** A real invoker with the deployed jar, stopped when the cloud is closed. */
  public FunctionInstances invoker(String invokerJar) {
    return invoker(invokerJar, Map.of());
  }

  /** The same in an environment that says something otherwise. */
  public FunctionInstances invoker(String invokerJar, Map<String, String> otherwise) {
    return invokers(invokerJar, 1, otherwise);
  }

  /**
   * Delivers the events of all uploads from now on, and of those before, to a function that works
   * on so many at once.
   */
  public void startFunction(int instances, Map<String, String> otherwise) throws IOException {
    cloud.deliverTo(invokers("invoker-1.4.jar", instances, otherwise));
  }

  private FunctionInstances invokers(
      String invokerJar, int instances, Map<String, String> otherwise) {
    Path here = Path.of("").toAbsolutePath();
    InvokerCommand command =
        new InvokerCommand(
            here.resolve("target/invoker").resolve(invokerJar),
            here.resolve("../../function/target/deployment/slipway.jar").normalize(),
            "slipway.DeployFunction",
            environment(otherwise),
            data.path());
    FunctionPlan plan =
        new FunctionPlan(
            command,
            Duration.ofSeconds(FunctionSettings.CALL_SECONDS).dividedBy(speed).plusSeconds(50),
            data.processes(),
            data.functionLog(),
            cloud.functionLog());
    return closing.add(new FunctionInstances(plan, instances, 0));
  }

  /** Puts these faults, as an operator of the local cloud would; quotes may be single ones. */
  public void strike(String json) throws IOException, InterruptedException {
    control(request -> request.PUT(BodyPublishers.ofString(json.replace('\'', '"'))));
  }

  /** Ends all faults, and returns what they struck. */
  public JsonObject calm() throws IOException, InterruptedException {
    JsonObject report = control(HttpRequest.Builder::GET);
    control(HttpRequest.Builder::DELETE);
    return report;
  }

  /** How many calls are held at this moment. */
  public int held() throws IOException, InterruptedException {
    return control(HttpRequest.Builder::GET).get("held").getAsInt();
  }

  /** What was called over the APIs, the oldest first. */
  public List<CallLog.Call> calls() {
    return cloud.calls();
  }

  /** The ids of the function's processes that run. */
  public List<Long> functionProcesses() throws IOException {
    return data.processes().running(DataFolder.FUNCTION_ROLE).stream()
        .map(ProcessHandle::pid)
        .toList();
  }

  /** Ends the function's processes as a kill -9 does. */
  public void killFunction() throws IOException {
    data.processes().running(DataFolder.FUNCTION_ROLE).forEach(ProcessHandle::destroyForcibly);
  }

  private JsonObject control(UnaryOperator<HttpRequest.Builder> how)
      throws IOException, InterruptedException {
    URI url = URI.create(cloud.endpoint() + FaultRoutes.PATH);
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(how.apply(HttpRequest.newBuilder(url)).build(), BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException(answer.body());
    }
    return JsonParser.parseString(answer.body()).getAsJsonObject();
  }

  public List<String> unknownRoutes() {
    return cloud.unknownRoutes();
  }

  @Override
  public void close() {
    closing.close();
  }

  private static FinalizeEvent event(JsonObject resource) throws IOException {
    return FinalizeEvent.of(
        GsonFactory.getDefaultInstance().fromString(resource.toString(), StorageObject.class));
  }
}
