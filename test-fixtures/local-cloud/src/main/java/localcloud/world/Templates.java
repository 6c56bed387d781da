package localcloud.world;

import com.google.cloud.compute.v1.AttachedDisk;
import com.google.cloud.compute.v1.InstanceProperties;
import com.google.cloud.compute.v1.InstanceTemplate;
import com.google.cloud.compute.v1.Operation;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Function;

/** The project's global instance templates. They never change. */
public final class Templates {
  private static final String COLLECTION = "instanceTemplates";

  private final Estate estate;
  private final Function<String, Optional<String>> user;
  private final Shelf<InstanceTemplate> shelf;

  /**
   * Starts without any.
   *
   * @param user the path of a group that uses the template of this link
   */
  Templates(Estate estate, Function<String, Optional<String>> user) {
    this.estate = estate;
    this.user = user;
    this.shelf = new Shelf<>(estate.links(), Scope.GLOBAL, COLLECTION);
  }

  /** Keeps it with Google's additions. Whether its image exists only shows when it is used. */
  public Operation insert(InstanceTemplate asked) {
    Names.check("resource.name", asked.getName());
    check(asked);
    shelf.refuseTaken(asked.getName());
    Newborn born = estate.newborn(shelf.link(asked.getName()));
    InstanceTemplate template =
        asked.toBuilder()
            .clearRegion()
            .setKind("compute#instanceTemplate")
            .setId(born.id())
            .setSelfLink(born.selfLink())
            .setCreationTimestamp(born.creationTimestamp())
            .setProperties(TemplateForm.complete(asked.getProperties()))
            .build();
    shelf.put(template.getName(), template);
    return estate.begin(change("insert", template), estate.pace().change());
  }

  private void check(InstanceTemplate asked) {
    if (asked.hasSourceInstance() || asked.hasSourceInstanceParams()) {
      throw Refusals.notModelled("templates made from an instance (sourceInstance)");
    }
    InstanceProperties properties = asked.getProperties();
    if (properties.getMachineType().isEmpty()) {
      throw Refusals.invalid("resource.properties.machineType", "", "A machine type is required.");
    }
    if (properties.getDisksList().stream().filter(AttachedDisk::getBoot).count() != 1) {
      throw Refusals.invalid("resource.properties.disks", "", "Exactly one boot disk is required.");
    }
    for (int i = 0; i < properties.getDisksCount(); i++) {
      checkDisk(properties.getDisks(i), i);
    }
  }

  private void checkDisk(AttachedDisk disk, int index) {
    String image = disk.getInitializeParams().getSourceImage();
    if (disk.getBoot() && image.isEmpty()) {
      throw Refusals.notModelled("a boot disk without initializeParams.sourceImage");
    }
    if (!image.isEmpty() && estate.links().expand(image).isEmpty()) {
      // The text of terraform-google-modules/terraform-google-vm#253.
      throw Refusals.invalid(
          "resource.properties.disks[" + index + "].initializeParams.sourceImage",
          image,
          "The URL is malformed.");
    }
  }

  /** The template of this name. */
  public InstanceTemplate get(String name) {
    return shelf.get(name);
  }

  /** All of them by name. */
  public Collection<InstanceTemplate> list() {
    return shelf.all();
  }

  /** The template that a group's reference means. */
  InstanceTemplate referred(String reference) {
    return estate
        .links()
        .nameIn(Scope.GLOBAL, COLLECTION, reference)
        .map(shelf::get)
        .orElseThrow(
            () ->
                Refusals.notFound(
                    estate.links().expand(reference).map(Links::pathOf).orElse(reference)));
  }

  /** Refused while a group uses it. */
  public Operation delete(String name) {
    InstanceTemplate template = shelf.get(name);
    Optional<String> group = user.apply(template.getSelfLink());
    if (group.isPresent()) {
      throw Refusals.inUse("instance_template", shelf.path(name), group.get());
    }
    shelf.remove(name);
    return estate.begin(change("delete", template), estate.pace().change());
  }

  private static Change change(String verb, InstanceTemplate template) {
    return new Change(
        Scope.GLOBAL,
        "compute.instanceTemplates." + verb,
        template.getSelfLink(),
        template.getId());
  }
}
