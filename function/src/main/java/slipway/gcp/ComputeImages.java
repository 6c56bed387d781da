package slipway.gcp;

import com.google.api.gax.rpc.NotFoundException;
import com.google.cloud.compute.v1.CustomerEncryptionKey;
import com.google.cloud.compute.v1.DeleteImageRequest;
import com.google.cloud.compute.v1.DeprecateImageRequest;
import com.google.cloud.compute.v1.DeprecationStatus;
import com.google.cloud.compute.v1.GuestOsFeature;
import com.google.cloud.compute.v1.Image;
import com.google.cloud.compute.v1.InsertImageRequest;
import com.google.cloud.compute.v1.ListImagesRequest;
import com.google.cloud.compute.v1.Operation;
import com.google.cloud.compute.v1.PatchImageRequest;
import com.google.cloud.compute.v1.RawDisk;
import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import slipway.fault.OperationFailed;
import slipway.image.ImageName;
import slipway.image.Images;
import slipway.settings.ImageSettings;
import slipway.time.CallOver;
import slipway.upload.DeploymentId;

/**
 * Images through Google's client. No {@code requestId} is sent: names are the same each time an
 * event comes, and a remembered failure would be answered again instead of a new try.
 */
final class ComputeImages implements Images {
  private final Clients clients;
  private final Operations operations;
  private final String project;

  ComputeImages(Clients clients, Operations operations, String project) {
    this.clients = clients;
    this.operations = operations;
    this.project = project;
  }

  @Override
  public Optional<Facts> find(ImageName name) {
    try {
      return Optional.of(facts(get(name)));
    } catch (NotFoundException none) {
      return Optional.empty();
    }
  }

  @Override
  public void insert(Draft draft) throws IOException, CallOver {
    Image image =
        said(draft.settings())
            .setName(draft.name().value())
            .setRawDisk(RawDisk.newBuilder().setSource(draft.source()))
            .build();
    InsertImageRequest request =
        InsertImageRequest.newBuilder().setProject(project).setImageResource(image).build();
    try {
      run(() -> clients.images().insertCallable().call(request));
    } catch (OperationFailed failed) {
      // It is there already, as the port allows.
      if (failed.status() != 409) {
        throw failed;
      }
    }
  }

  private static Image.Builder said(ImageSettings settings) {
    Image.Builder image =
        Image.newBuilder()
            .putAllLabels(settings.labels())
            .addAllLicenses(settings.licenses())
            .addAllStorageLocations(settings.storageLocations());
    settings.features().stream()
        .map(type -> GuestOsFeature.newBuilder().setType(type))
        .forEach(image::addGuestOsFeatures);
    if (settings.architecture() != null) {
      image.setArchitecture(settings.architecture());
    }
    if (settings.kmsKeyName() != null) {
      image.setImageEncryptionKey(
          CustomerEncryptionKey.newBuilder().setKmsKeyName(settings.kmsKeyName()));
    }
    return image;
  }

  private static ImageSettings said(Image image) {
    String key = image.getImageEncryptionKey().getKmsKeyName();
    String architecture = image.getArchitecture();
    return new ImageSettings(
        image.getGuestOsFeaturesList().stream().map(GuestOsFeature::getType).toList(),
        architecture.isEmpty() || architecture.endsWith("_UNSPECIFIED") ? null : architecture,
        image.getLicensesList(),
        image.getStorageLocationsList(),
        key.isEmpty() ? null : key,
        image.getLabelsMap());
  }

  @Override
  public List<Facts> namedFor(String target) {
    return list("images of " + target, "name eq \"" + DeploymentId.patternFor(target) + "\"")
        .stream()
        .map(ComputeImages::facts)
        .toList();
  }

  @Override
  public List<Facts> active(String family) {
    return list("images of family " + family, "family=\"" + family + "\"").stream()
        .filter(image -> image.getFamily().equals(family))
        .filter(image -> !isDeprecated(image))
        .map(ComputeImages::facts)
        .toList();
  }

  private List<Image> list(String thing, String filter) {
    ListImagesRequest request =
        ListImagesRequest.newBuilder().setProject(project).setFilter(filter).build();
    return Refusal.guardRead(
        thing,
        () ->
            StreamSupport.stream(clients.images().list(request).iterateAll().spliterator(), false)
                .toList());
  }

  @Override
  public void activate(ImageName name, String family) throws IOException, CallOver {
    Image image = get(name);
    if (isDeprecated(image)) {
      deprecate(name, DeprecationStatus.getDefaultInstance());
    }
    if (!image.getFamily().equals(family)) {
      PatchImageRequest request =
          PatchImageRequest.newBuilder()
              .setProject(project)
              .setImage(name.value())
              .setImageResource(Image.newBuilder().setFamily(family))
              .build();
      run(() -> clients.images().patchCallable().call(request));
    }
  }

  @Override
  public void deprecate(ImageName name, String replacement, @Nullable Instant deleteAfter)
      throws IOException, CallOver {
    DeprecationStatus.Builder status =
        DeprecationStatus.newBuilder()
            .setState(DeprecationStatus.State.DEPRECATED.name())
            .setReplacement(replacement);
    if (deleteAfter != null) {
      // Compute does nothing by itself at that time: "only informational", its reference says.
      status.setDeleted(deleteAfter.toString());
    }
    deprecate(name, status.build());
  }

  @Override
  public void delete(ImageName name) throws IOException, CallOver {
    DeleteImageRequest request =
        DeleteImageRequest.newBuilder().setProject(project).setImage(name.value()).build();
    try {
      run(() -> clients.images().deleteCallable().call(request));
    } catch (OperationFailed failed) {
      // It is gone already, as the port allows.
      if (failed.status() != 404) {
        throw failed;
      }
    }
  }

  private void deprecate(ImageName name, DeprecationStatus status) throws IOException, CallOver {
    DeprecateImageRequest request =
        DeprecateImageRequest.newBuilder()
            .setProject(project)
            .setImage(name.value())
            .setDeprecationStatusResource(status)
            .build();
    run(() -> clients.images().deprecateCallable().call(request));
  }

  private void run(Supplier<Operation> request) throws IOException, CallOver {
    operations.await(Refusal.guard(request));
  }

  private Image get(ImageName name) {
    return Refusal.guardRead("image " + name, () -> clients.images().get(project, name.value()));
  }

  private static boolean isDeprecated(Image image) {
    return !image.getDeprecated().getState().isEmpty()
        && !image.getDeprecated().getState().equals(DeprecationStatus.State.ACTIVE.name());
  }

  private static Facts facts(Image image) {
    return new Facts(
        new ImageName(image.getName()),
        image.getSelfLink(),
        status(image.getStatus()),
        image.getLabelsMap(),
        OffsetDateTime.parse(image.getCreationTimestamp()).toInstant(),
        deleteAfter(image.getDeprecated().getDeleted()),
        said(image));
  }

  private static @Nullable Instant deleteAfter(String deleted) {
    return deleted.isEmpty() ? null : OffsetDateTime.parse(deleted).toInstant();
  }

  private static Status status(String status) {
    return switch (status) {
      case "READY" -> Status.READY;
      case "FAILED", "DELETING" -> Status.FAILED;
      default -> Status.PENDING;
    };
  }
}
