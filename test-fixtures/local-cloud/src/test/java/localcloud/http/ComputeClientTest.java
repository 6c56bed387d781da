package localcloud.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.rpc.AbortedException;
import com.google.api.gax.rpc.FailedPreconditionException;
import com.google.api.gax.rpc.InvalidArgumentException;
import com.google.api.gax.rpc.NotFoundException;
import com.google.api.gax.rpc.UnimplementedException;
import com.google.cloud.compute.v1.AttachedDisk;
import com.google.cloud.compute.v1.AttachedDiskInitializeParams;
import com.google.cloud.compute.v1.GlobalOperationsClient;
import com.google.cloud.compute.v1.GlobalOperationsSettings;
import com.google.cloud.compute.v1.HTTPHealthCheck;
import com.google.cloud.compute.v1.HealthCheck;
import com.google.cloud.compute.v1.HealthChecksClient;
import com.google.cloud.compute.v1.HealthChecksSettings;
import com.google.cloud.compute.v1.Image;
import com.google.cloud.compute.v1.ImagesClient;
import com.google.cloud.compute.v1.ImagesSettings;
import com.google.cloud.compute.v1.InsertImageRequest;
import com.google.cloud.compute.v1.InstanceGroupManager;
import com.google.cloud.compute.v1.InstanceGroupManagerAutoHealingPolicy;
import com.google.cloud.compute.v1.InstanceGroupManagerUpdatePolicy;
import com.google.cloud.compute.v1.InstanceGroupManagerVersion;
import com.google.cloud.compute.v1.InstanceGroupManagersClient;
import com.google.cloud.compute.v1.InstanceGroupManagersSettings;
import com.google.cloud.compute.v1.InstanceProperties;
import com.google.cloud.compute.v1.InstanceTemplate;
import com.google.cloud.compute.v1.InstanceTemplatesClient;
import com.google.cloud.compute.v1.InstanceTemplatesSettings;
import com.google.cloud.compute.v1.InstancesClient;
import com.google.cloud.compute.v1.InstancesSettings;
import com.google.cloud.compute.v1.ManagedInstance;
import com.google.cloud.compute.v1.NetworkInterface;
import com.google.cloud.compute.v1.Operation;
import com.google.cloud.compute.v1.RawDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What google-cloud-compute, the client that strangers use, sees of the local cloud. */
class ComputeClientTest {
  private static final String PROJECT = "demo";
  private static final String ZONE = "us-west1-a";
  private static final String ROOT = "https://www.googleapis.com/compute/v1/projects/demo/";
  @TempDir static Path folder;
  private static ComputeServer server;
  private static ImagesClient images;
  private static InstanceTemplatesClient templates;
  private static InstanceGroupManagersClient groups;
  private static GlobalOperationsClient operations;

  @BeforeAll
  static void start() throws IOException {
    server = new ComputeServer(folder, 50);
    NoCredentialsProvider nobody = NoCredentialsProvider.create();
    images =
        ImagesClient.create(
            ImagesSettings.newBuilder()
                .setEndpoint(server.url())
                .setCredentialsProvider(nobody)
                .build());
    templates =
        InstanceTemplatesClient.create(
            InstanceTemplatesSettings.newBuilder()
                .setEndpoint(server.url())
                .setCredentialsProvider(nobody)
                .build());
    groups =
        InstanceGroupManagersClient.create(
            InstanceGroupManagersSettings.newBuilder()
                .setEndpoint(server.url())
                .setCredentialsProvider(nobody)
                .build());
    operations =
        GlobalOperationsClient.create(
            GlobalOperationsSettings.newBuilder()
                .setEndpoint(server.url())
                .setCredentialsProvider(nobody)
                .build());
  }

  @AfterAll
  static void stop() {
    List.of(images, templates, groups, operations).forEach(client -> close(client));
    server.close();
  }

  private static void close(AutoCloseable client) {
    try {
      client.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void importsAnImage() throws Exception {
    Operation started = insert("client-1", good("client-1"));
    assertThat(started.getKind()).isEqualTo("compute#operation");
    assertThat(started.getStatus()).isEqualTo(Operation.Status.RUNNING);
    assertThat(started.getOperationType()).isEqualTo("insert");
    assertThat(started.getTargetLink()).isEqualTo(ROOT + "global/images/client-1");
    assertThat(started.getSelfLink()).startsWith(ROOT + "global/operations/operation-");

    Operation done = operations.wait(PROJECT, started.getName());
    assertThat(done.getStatus()).isEqualTo(Operation.Status.DONE);
    assertThat(done.getTargetId()).isEqualTo(started.getTargetId());
    Image image = images.get(PROJECT, "client-1");
    assertThat(image.getStatus()).isEqualTo("READY");
    assertThat(image.getDiskSizeGb()).isEqualTo(1);
    assertThat(image.getArchiveSizeBytes()).isPositive();
    assertThat(image.getKind()).isEqualTo("compute#image");
    assertThat(image.getSelfLink()).isEqualTo(ROOT + "global/images/client-1");
    assertThat(image.getFamily()).isEqualTo("web");
  }

  @Test
  void tellsARefusedTarballInTheOperationAndLeavesNoImage() throws Exception {
    Path disk = server.disks().disk("refused", 1 << 20, "");
    String url =
        server.disks().upload("refused.tar.gz", server.disks().tar(disk, "-S", "disk.raw"));
    Operation started = insert("refused", url);
    Operation done = operations.wait(PROJECT, started.getName());
    assertThat(done.getError().getErrors(0).getCode()).isEqualTo("INVALID_IMAGE_TAR");
    assertThat(done.getError().getErrors(0).getMessage())
        .isEqualTo("The tar archive is not a valid image.");
    assertThat(done.getHttpErrorStatusCode()).isEqualTo(400);
    assertThat(done.getHttpErrorMessage()).isEqualTo("BAD REQUEST");
    assertThatThrownBy(() -> images.get(PROJECT, "refused"))
        .isInstanceOf(NotFoundException.class)
        .hasStackTraceContaining(
            "The resource 'projects/demo/global/images/refused' was not found");
  }

  @Test
  void forgetsAnOperation() throws Exception {
    Operation started = insert("forgotten", good("forgotten"));
    operations.delete(PROJECT, started.getName());
    assertThatThrownBy(() -> operations.get(PROJECT, started.getName()))
        .isInstanceOf(NotFoundException.class);
  }

  @Test
  void seesA409AsAborted() throws Exception {
    String url = good("twice");
    insert("twice", url);
    assertThatThrownBy(() -> insert("twice", url))
        .isInstanceOf(AbortedException.class)
        .hasStackTraceContaining("projects/demo/global/images/twice' already exists");
  }

  @Test
  void recognisesARepeatedRequestId() throws Exception {
    InsertImageRequest request =
        InsertImageRequest.newBuilder()
            .setProject(PROJECT)
            .setRequestId("9b2d9e7a-5a0e-4a7e-9d3c-0a51b1c5f001")
            .setImageResource(image("repeated", good("repeated")))
            .build();
    Operation first = images.insertCallable().call(request);
    Operation second = images.insertCallable().call(request);
    assertThat(second.getName()).isEqualTo(first.getName());
    assertThat(second.getClientOperationId()).isEqualTo("9b2d9e7a-5a0e-4a7e-9d3c-0a51b1c5f001");
  }

  @Test
  void refusesSourcesThatGoogleRefuses() {
    assertThatThrownBy(() -> insert("source", "gs://tarballs/x.tar.gz"))
        .isInstanceOf(InvalidArgumentException.class)
        .hasStackTraceContaining("not a valid Google Cloud Storage object reference");
    assertThatThrownBy(
            () -> insert("source", "https://storage.googleapis.com/tarballs/absent.tar.gz"))
        .isInstanceOf(NotFoundException.class)
        .hasStackTraceContaining("of type 'Google Cloud Storage object' was not found.");
    assertThatThrownBy(() -> insert("Wrong_Name", "https://storage.googleapis.com/a/b"))
        .isInstanceOf(InvalidArgumentException.class)
        .hasStackTraceContaining("Invalid value for field 'resource.name': 'Wrong_Name'.");
  }

  @Test
  void rollsAGroup() throws Exception {
    versions();
    InstanceGroupManager group = groups.get(PROJECT, ZONE, "web");
    assertThat(group.getKind()).isEqualTo("compute#instanceGroupManager");
    assertThat(group.getInstanceGroup()).isEqualTo(ROOT + "zones/" + ZONE + "/instanceGroups/web");
    awaitStable("roll-1");

    InstanceGroupManager patch =
        InstanceGroupManager.newBuilder()
            .addVersions(
                InstanceGroupManagerVersion.newBuilder()
                    .setInstanceTemplate("global/instanceTemplates/roll-2"))
            .setUpdatePolicy(InstanceGroupManagerUpdatePolicy.newBuilder().setType("PROACTIVE"))
            .setFingerprint(groups.get(PROJECT, ZONE, "web").getFingerprint())
            .build();
    Operation patched = groups.patchAsync(PROJECT, ZONE, "web", patch).get();
    assertThat(patched.getZone()).isEqualTo(ROOT + "zones/" + ZONE);
    assertThatThrownBy(() -> groups.patchAsync(PROJECT, ZONE, "web", patch).get())
        .hasCauseInstanceOf(FailedPreconditionException.class);
    awaitStable("roll-2");
    console();

    assertThatThrownBy(() -> templates.deleteAsync(PROJECT, "roll-2").get())
        .hasCauseInstanceOf(InvalidArgumentException.class)
        .hasStackTraceContaining("is already being used by");
    templates.deleteAsync(PROJECT, "roll-1").get();
    assertThat(server.unknown().asked()).isEmpty();
  }

  private static void awaitStable(String template) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> {
              InstanceGroupManager now = groups.get(PROJECT, ZONE, "web");
              assertThat(now.getStatus().getIsStable()).isTrue();
              assertThat(now.getStatus().getVersionTarget().getIsReached()).isTrue();
            });
    for (ManagedInstance member : groups.listManagedInstances(PROJECT, ZONE, "web").iterateAll()) {
      assertThat(member.getVersion().getInstanceTemplate())
          .isEqualTo(ROOT + "global/instanceTemplates/" + template);
      assertThat(member.getCurrentAction()).isEqualTo("NONE");
      assertThat(member.getInstanceHealth(0).getDetailedHealthState()).isEqualTo("HEALTHY");
    }
  }

  private static void console() throws IOException {
    try (InstancesClient instances =
        InstancesClient.create(
            InstancesSettings.newBuilder()
                .setEndpoint(server.url())
                .setCredentialsProvider(NoCredentialsProvider.create())
                .build())) {
      String name =
          groups
              .listManagedInstances(PROJECT, ZONE, "web")
              .iterateAll()
              .iterator()
              .next()
              .getName();
      assertThat(instances.get(PROJECT, ZONE, name).getStatus()).isEqualTo("RUNNING");
      assertThat(instances.getSerialPortOutput(PROJECT, ZONE, name).getContents())
          .contains("version roll-2: booted");
    }
  }

  private static void versions() throws Exception {
    for (String name : List.of("roll-1", "roll-2")) {
      Operation inserted = insert(name, good(name));
      operations.wait(PROJECT, inserted.getName());
      templates.insertAsync(PROJECT, template(name)).get();
    }
    try (HealthChecksClient checks =
        HealthChecksClient.create(
            HealthChecksSettings.newBuilder()
                .setEndpoint(server.url())
                .setCredentialsProvider(NoCredentialsProvider.create())
                .build())) {
      HealthCheck check =
          HealthCheck.newBuilder()
              .setName("http")
              .setType("HTTP")
              .setHttpHealthCheck(HTTPHealthCheck.newBuilder().setPort(8080))
              .build();
      checks.insertAsync(PROJECT, check).get();
    }
    InstanceGroupManager group =
        InstanceGroupManager.newBuilder()
            .setName("web")
            .setInstanceTemplate(ROOT + "global/instanceTemplates/roll-1")
            .setTargetSize(2)
            .addAutoHealingPolicies(
                InstanceGroupManagerAutoHealingPolicy.newBuilder()
                    .setHealthCheck("global/healthChecks/http"))
            .build();
    groups.insertAsync(PROJECT, ZONE, group).get();
  }

  @Test
  void answers501AndNotesWhatItDoesNotHave() throws Exception {
    try (ComputeServer own = new ComputeServer(folder.resolve("own"), 1);
        ImagesClient client =
            ImagesClient.create(
                ImagesSettings.newBuilder()
                    .setEndpoint(own.url())
                    .setCredentialsProvider(NoCredentialsProvider.create())
                    .build())) {
      assertThatThrownBy(() -> client.getIamPolicy(PROJECT, "x"))
          .isInstanceOf(UnimplementedException.class)
          .hasStackTraceContaining("Images.GetIamPolicy");
      assertThat(own.unknown().asked())
          .singleElement()
          .asString()
          .startsWith("GET /compute/v1/projects/demo/global/images/x/getIamPolicy (");
    }
  }

  private static String good(String name) throws Exception {
    return server.disks().uploadSimulated(name, "{\"version\":\"" + name + "\"}");
  }

  private static Image image(String name, String url) {
    return Image.newBuilder()
        .setName(name)
        .setFamily("web")
        .setRawDisk(RawDisk.newBuilder().setSource(url))
        .build();
  }

  private static Operation insert(String name, String url) {
    return images
        .insertCallable()
        .call(
            InsertImageRequest.newBuilder()
                .setProject(PROJECT)
                .setImageResource(image(name, url))
                .build());
  }

  private static InstanceTemplate template(String name) {
    AttachedDisk boot =
        AttachedDisk.newBuilder()
            .setBoot(true)
            .setInitializeParams(
                AttachedDiskInitializeParams.newBuilder().setSourceImage("global/images/" + name))
            .build();
    return InstanceTemplate.newBuilder()
        .setName(name)
        .setProperties(
            InstanceProperties.newBuilder()
                .setMachineType("f1-micro")
                .addNetworkInterfaces(
                    NetworkInterface.newBuilder().setNetwork("global/networks/default"))
                .addDisks(boot))
        .build();
  }
}
