package slipway.gcp;

import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.NotFoundException;
import com.google.cloud.compute.v1.DeprecateImageRequest;
import com.google.cloud.compute.v1.DeprecationStatus;
import com.google.cloud.compute.v1.Image;
import com.google.cloud.compute.v1.ImagesClient;
import com.google.cloud.compute.v1.InsertImageRequest;
import com.google.cloud.compute.v1.ListImagesRequest;
import com.google.cloud.compute.v1.Operation;
import com.google.cloud.compute.v1.PatchImageRequest;
import com.google.cloud.compute.v1.RawDisk;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;
import slipway.fault.OperationFailed;
import slipway.image.Images;
import slipway.time.CallOver;

/**
 * Images through Google's client. No {@code requestId} is sent: names are the same each time an
 * event comes, and a remembered failure would be answered again instead of a new try.
 */
final class ComputeImages implements Images {
  private final ImagesClient client;
  private final Operations operations;
  private final String project;

  ComputeImages(Clients clients, Operations operations, String project) {
    this.client = clients.images();
    this.operations = operations;
    this.project = project;
  }

  @Override
  public Optional<Facts> find(String name) {
    try {
      return Optional.of(facts(get(name)));
    } catch (NotFoundException none) {
      return Optional.empty();
    }
  }

  @Override
  public void insert(Draft draft) throws OperationFailed, CallOver, InterruptedException {
    Image image =
        Image.newBuilder()
            .setName(draft.name())
            .putAllLabels(draft.labels())
            .setRawDisk(RawDisk.newBuilder().setSource(draft.source()))
            .build();
    InsertImageRequest request =
        InsertImageRequest.newBuilder().setProject(project).setImageResource(image).build();
    try {
      run(draft.name(), () -> client.insertCallable().call(request));
    } catch (ApiException failed) {
      // It is there already, as the port allows; a 409 surfaces as "aborted".
      if (Refusal.of(failed).status() != 409) {
        throw failed;
      }
    }
  }

  @Override
  public List<Facts> active(String family) {
    ListImagesRequest request =
        ListImagesRequest.newBuilder()
            .setProject(project)
            .setFilter("family=\"" + family + "\"")
            .build();
    return Refusal.guardRead("images of family " + family, () -> members(request)).stream()
        .filter(image -> image.getFamily().equals(family))
        .filter(image -> !isDeprecated(image))
        .map(ComputeImages::facts)
        .toList();
  }

  private List<Image> members(ListImagesRequest request) {
    return StreamSupport.stream(client.list(request).iterateAll().spliterator(), false).toList();
  }

  @Override
  public void activate(String name, String family)
      throws OperationFailed, CallOver, InterruptedException {
    Image image = get(name);
    if (isDeprecated(image)) {
      deprecate(name, DeprecationStatus.getDefaultInstance());
    }
    if (!image.getFamily().equals(family)) {
      PatchImageRequest request =
          PatchImageRequest.newBuilder()
              .setProject(project)
              .setImage(name)
              .setImageResource(Image.newBuilder().setFamily(family))
              .build();
      run(name, () -> client.patchCallable().call(request));
    }
  }

  @Override
  public void deprecate(String name, String replacement)
      throws OperationFailed, CallOver, InterruptedException {
    deprecate(
        name,
        DeprecationStatus.newBuilder()
            .setState(DeprecationStatus.State.DEPRECATED.name())
            .setReplacement(replacement)
            .build());
  }

  private void deprecate(String name, DeprecationStatus status)
      throws OperationFailed, CallOver, InterruptedException {
    DeprecateImageRequest request =
        DeprecateImageRequest.newBuilder()
            .setProject(project)
            .setImage(name)
            .setDeprecationStatusResource(status)
            .build();
    run(name, () -> client.deprecateCallable().call(request));
  }

  private void run(String name, Supplier<Operation> request)
      throws OperationFailed, CallOver, InterruptedException {
    operations.await(Refusal.guard("image " + name, request));
  }

  private Image get(String name) {
    return Refusal.guardRead("image " + name, () -> client.get(project, name));
  }

  private static boolean isDeprecated(Image image) {
    return !image.getDeprecated().getState().isEmpty()
        && !image.getDeprecated().getState().equals(DeprecationStatus.State.ACTIVE.name());
  }

  private static Facts facts(Image image) {
    return new Facts(
        image.getName(),
        image.getSelfLink(),
        status(image.getStatus()),
        image.getLabelsMap(),
        OffsetDateTime.parse(image.getCreationTimestamp()).toInstant());
  }

  private static Status status(String status) {
    return switch (status) {
      case "READY" -> Status.READY;
      case "FAILED", "DELETING" -> Status.FAILED;
      default -> Status.PENDING;
    };
  }
}
