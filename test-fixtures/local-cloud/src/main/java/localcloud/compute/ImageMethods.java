package localcloud.compute;

import com.google.cloud.compute.v1.DeleteImageRequest;
import com.google.cloud.compute.v1.DeprecateImageRequest;
import com.google.cloud.compute.v1.Disk;
import com.google.cloud.compute.v1.GetFromFamilyImageRequest;
import com.google.cloud.compute.v1.GetImageRequest;
import com.google.cloud.compute.v1.GlobalSetLabelsRequest;
import com.google.cloud.compute.v1.Image;
import com.google.cloud.compute.v1.ImageList;
import com.google.cloud.compute.v1.InsertImageRequest;
import com.google.cloud.compute.v1.ListImagesRequest;
import com.google.cloud.compute.v1.Operation;
import com.google.cloud.compute.v1.PatchImageRequest;
import com.google.cloud.compute.v1.SetLabelsImageRequest;
import com.google.protobuf.Message;
import java.util.Collection;
import java.util.List;
import localcloud.access.Caller;
import localcloud.world.World;
import localcloud.world.images.Images;
import localcloud.world.places.Links;
import localcloud.world.places.Scope;
import localcloud.world.refusals.Refusals;

/** Images.*: the methods of one collection. */
final class ImageMethods {
  private ImageMethods() {}

  static void addTo(Handlers handlers) {
    World world = handlers.world();
    Images images = world.images();
    handlers.read(
        "Images.List", ListImagesRequest.getDefaultInstance(), request -> list(world, request));
    handlers.read(
        "Images.Get",
        GetImageRequest.getDefaultInstance(),
        request -> images.get(request.getImage()));
    handlers.read(
        "Images.GetFromFamily",
        GetFromFamilyImageRequest.getDefaultInstance(),
        request -> images.newestOf(request.getFamily()));
    handlers.patch(
        "Images.Insert",
        InsertImageRequest.getDefaultInstance(),
        asked -> insert(world, asked.request(), asked.caller()));
    handlers.change(
        "Images.Delete",
        DeleteImageRequest.getDefaultInstance(),
        request -> images.delete(request.getImage()));
    handlers.change(
        "Images.Deprecate",
        DeprecateImageRequest.getDefaultInstance(),
        request -> images.deprecate(request.getImage(), request.getDeprecationStatusResource()));
    handlers.patch(
        "Images.Patch",
        PatchImageRequest.getDefaultInstance(),
        asked -> images.patch(asked.request().getImage(), now -> Json.patched(now, asked.body())));
    handlers.change(
        "Images.SetLabels", SetLabelsImageRequest.getDefaultInstance(), r -> label(images, r));
  }

  private static Operation insert(World world, InsertImageRequest request, Caller caller) {
    Image image = request.getImageResource();
    return image.hasSourceDisk()
        ? ofDisk(world, image, request.getForceCreate())
        : world.images().insert(image, bucket -> caller.may("storage.objects.get", bucket));
  }

  /** A disk here holds what the image does that it was made of, whatever wrote to it since. */
  private static Operation ofDisk(World world, Image asked, boolean force) {
    String link = world.links().expand(asked.getSourceDisk()).orElse(asked.getSourceDisk());
    String[] parts = Links.pathOf(link).split("/", -1);
    if (parts.length != 6 || !parts[2].equals("zones") || !parts[4].equals("disks")) {
      throw Refusals.invalid("resource.sourceDisk", asked.getSourceDisk(), "The URL is malformed.");
    }
    Scope zone = Scope.zone(parts[3]);
    Disk disk = new InbornResources(world).disk(zone, parts[5]);
    for (String user : disk.getUsersList()) {
      boolean runs = world.instances().get(zone, Links.last(user)).getStatus().equals("RUNNING");
      if (runs && !force) {
        throw Refusals.inUse("disk", Links.pathOf(link), Links.pathOf(user));
      }
    }
    String made = disk.getSourceImage();
    Image copy = asked.toBuilder().setSourceDisk(link).build();
    return world
        .images()
        .copy(
            copy, made.isEmpty() ? world.instances().imageOfDisk(zone, parts[5]).orElse("") : made);
  }

  private static Operation label(Images images, SetLabelsImageRequest request) {
    GlobalSetLabelsRequest labels = request.getGlobalSetLabelsRequestResource();
    return images.setLabels(
        request.getResource(), labels.getLabelsMap(), labels.getLabelFingerprint());
  }

  /** Other projects' lists are empty: the local cloud has no public images. */
  private static Message list(World world, ListImagesRequest request) {
    boolean ours = request.getProject().equals(world.links().project());
    Collection<Image> all = ours ? world.images().list() : List.of();
    return Lists.page(
        ImageList.getDefaultInstance(),
        "projects/" + request.getProject() + "/global/images",
        all,
        request);
  }
}
