package localcloud.world.images;

import com.google.cloud.compute.v1.AttachedDiskInitializeParams;
import com.google.cloud.compute.v1.DeprecationStatus;
import com.google.cloud.compute.v1.Image;
import com.google.cloud.compute.v1.Operation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import localcloud.world.operations.Change;
import localcloud.world.operations.Effect;
import localcloud.world.operations.Estate;
import localcloud.world.places.Links;
import localcloud.world.places.Scope;
import localcloud.world.refusals.ApiException;
import localcloud.world.refusals.OperationFailed;
import localcloud.world.refusals.Refusals;
import localcloud.world.resources.Edit;
import localcloud.world.resources.Shelf;

/** The project's images, each with its disk in one sparse file. */
public final class Images {
  private static final String COLLECTION = "images";

  private final Estate estate;
  private final ObjectSource objects;
  private final DiskFolder disks;
  private final Shelf<Image> shelf;

  /**
   * Starts without any.
   *
   * @param objects where tarballs are read from
   * @param importer reads them
   * @param folder for the disks: emptied now
   * @throws IOException if the folder cannot be emptied
   */
  public Images(Estate estate, ObjectSource objects, Executor importer, Path folder)
      throws IOException {
    this.estate = estate;
    this.objects = objects;
    this.disks = new DiskFolder(folder, importer);
    this.shelf = new Shelf<>(estate.links(), Scope.GLOBAL, COLLECTION);
  }

  /** Starts the import for somebody who may read every bucket. */
  public Operation insert(Image asked) {
    return insert(asked, bucket -> true);
  }

  /**
   * Starts the import; the tarball is read as it is now, not as it is at the end.
   *
   * @param mayRead whether the caller may read the objects of this bucket; if not, the operation
   *     fails as google/syzkaller#3131 saw it
   */
  public Operation insert(Image asked, Predicate<String> mayRead) {
    ImageRules.check(asked);
    if (asked.hasSourceImage()) {
      return copy(asked, asked.getSourceImage());
    }
    shelf.refuseTaken(asked.getName());
    String source = asked.getRawDisk().getSource();
    RawDiskUrl url = RawDiskUrl.parse(source);
    if (!mayRead.test(url.bucket())) {
      String text = "Required 'read' permission for '" + url.object() + "'";
      OperationFailed unreadable = new OperationFailed("PERMISSIONS_ERROR", 403, text);
      return begin(pending(asked), CompletableFuture.failedFuture(unreadable));
    }
    InputStream tarball = url.open(objects, source);
    Image image = pending(asked);
    return begin(image, disks.read(tarball, image.getId()));
  }

  /**
   * Makes one of what is on another's disk, with what that one says of the machines it is for.
   *
   * @param source a reference to the other
   * @throws localcloud.world.refusals.ApiException 404 if there is none that could be used
   */
  public Operation copy(Image asked, String source) {
    ImageRules.check(asked);
    shelf.refuseTaken(asked.getName());
    Image other;
    try {
      other = booted(AttachedDiskInitializeParams.newBuilder().setSourceImage(source).build());
    } catch (OperationFailed absent) {
      throw new ApiException(404, "notFound", absent.error().getMessage());
    }
    Image image = pending(ImageForm.copied(asked, other));
    return begin(image, disks.copy(other, image.getId()));
  }

  private Image pending(Image asked) {
    return ImageForm.pending(asked, estate.newborn(shelf.link(asked.getName())));
  }

  private Operation begin(Image image, CompletableFuture<DiskImport.Imported> importing) {
    shelf.put(image.getName(), image);
    return estate.begin(
        change("insert", image),
        estate.pace().imageImport(),
        new Effect(
            () -> {},
            () -> finish(image, importing),
            () -> discard(image.getName(), importing),
            importing::isDone));
  }

  private void finish(Image image, CompletableFuture<DiskImport.Imported> importing) {
    try {
      DiskImport.Imported imported = importing.join();
      disks.keep(image.getName(), imported.disk());
      shelf.put(
          image.getName(),
          shelf.get(image.getName()).toBuilder()
              .setStatus("READY")
              .setDiskSizeGb(imported.diskGib())
              .setArchiveSizeBytes(imported.archiveBytes())
              .build());
    } catch (CompletionException e) {
      shelf.remove(image.getName());
      throw e.getCause() instanceof OperationFailed refused
          ? refused
          : new OperationFailed("INTERNAL_ERROR", 503, "Internal error: " + e.getCause());
    }
  }

  /** The image of this name, whatever its status. */
  public Image get(String name) {
    return shelf.get(name);
  }

  /** All images by name. */
  public Collection<Image> list() {
    return shelf.all();
  }

  /** The newest image of the family that is not deprecated (Images.getFromFamily). */
  public Image newestOf(String family) {
    return shelf.all().stream()
        .filter(image -> image.getFamily().equals(family) && image.getStatus().equals("READY"))
        .filter(image -> ImageRules.active(image))
        .max(Comparator.comparingLong(Image::getId))
        .orElseThrow(() -> Refusals.notFound(shelf.path("family/" + family)));
  }

  /** Replaces the labels; the fingerprint must be the present one. */
  public Operation setLabels(String name, Map<String, String> labels, String fingerprint) {
    return put("setLabels", ImageRules.labelled(ready(name), labels, fingerprint));
  }

  /** Changes family, description or deprecation; anything else is refused. */
  public Operation patch(String name, Edit<Image> edit) {
    Image before = ready(name);
    return put("patch", ImageRules.patched(before, edit.apply(before)));
  }

  /** Sets or, with an empty status, clears the deprecation. */
  public Operation deprecate(String name, DeprecationStatus status) {
    return put("deprecate", ImageRules.deprecated(ready(name), status));
  }

  private Operation put(String type, Image image) {
    return estate.begin(
        change(type, image),
        estate.pace().change(),
        Effect.now(() -> shelf.put(image.getName(), image)));
  }

  /** Removes it; templates may go on naming it, and their machines then fail to be created. */
  public Operation delete(String name) {
    Image image = ready(name);
    return estate.begin(
        change("delete", image), estate.pace().change(), Effect.atEnd(() -> remove(name)));
  }

  private void discard(String name, CompletableFuture<DiskImport.Imported> importing) {
    shelf.remove(name);
    try {
      disks.delete(importing.join().disk());
    } catch (CompletionException refused) {
      // An import that is refused leaves no file.
    }
  }

  private void remove(String name) {
    shelf.remove(name);
    disks.remove(name);
  }

  private Image ready(String name) {
    Image image = shelf.get(name);
    if (image.getStatus().equals("PENDING")) {
      throw Refusals.notReady(shelf.path(name));
    }
    return image;
  }

  /**
   * The disk that a boot disk is made from.
   *
   * @throws OperationFailed if there is none, or it is larger than what is asked for
   */
  public Path disk(AttachedDiskInitializeParams boot) {
    return disks.of(booted(boot).getName()).orElseThrow();
  }

  /** The image of that disk; see {@link #disk}. */
  public Image booted(AttachedDiskInitializeParams boot) {
    String source = boot.getSourceImage();
    Optional<Image> image =
        estate
            .links()
            .nameIn(Scope.GLOBAL, COLLECTION, source)
            .filter(this::usable)
            .map(this::pick)
            .filter(name -> disks.of(name).isPresent())
            .map(shelf::get);
    if (image.isEmpty()) {
      String path = estate.links().expand(source).map(Links::pathOf).orElse(source);
      throw new OperationFailed(
          "RESOURCE_NOT_FOUND", 404, "The resource '" + path + "' was not found");
    }
    ImageRules.checkFits(image.get(), boot);
    return image.get();
  }

  private boolean usable(String name) {
    return name.startsWith("family/") || shelf.has(name) && ImageRules.usable(shelf.get(name));
  }

  private String pick(String name) {
    return name.startsWith("family/") ? newestOf(Links.last(name)).getName() : name;
  }

  private Change change(String type, Image image) {
    return new Change(Scope.GLOBAL, type, image.getSelfLink(), image.getId());
  }
}
