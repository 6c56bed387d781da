package localcloud.world.templates;

import com.google.cloud.compute.v1.AttachedDisk;
import com.google.cloud.compute.v1.InstanceProperties;
import com.google.cloud.compute.v1.InstanceTemplate;
import com.google.cloud.compute.v1.Operation;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Function;
import localcloud.world.operations.Estate;
import localcloud.world.places.Scope;
import localcloud.world.refusals.Refusals;
import localcloud.world.resources.Catalogue;
import localcloud.world.resources.Names;

/** The project's instance templates, global and of regions. They never change. */
public final class Templates {
  private static final Catalogue.Kind KIND =
      new Catalogue.Kind("instanceTemplates", "instance_template", "compute.instanceTemplates.");

  private final Estate estate;
  private final Catalogue<InstanceTemplate> all;

  /**
   * Starts without any.
   *
   * @param user the path of a group that uses the template of this link
   */
  public Templates(Estate estate, Function<String, Optional<String>> user) {
    this.estate = estate;
    this.all = new Catalogue<>(estate, KIND, user);
  }

  /**
   * Keeps it with Google's additions. Whether its image exists only shows when it is used.
   *
   * @param place {@link Scope#GLOBAL} or a region
   */
  public Operation insert(Scope place, InstanceTemplate asked) {
    Names.check("resource.name", asked.getName());
    check(asked);
    InstanceTemplate.Builder template =
        asked.toBuilder().clearRegion().setProperties(TemplateForm.complete(asked.getProperties()));
    if (place.isRegion()) {
      template.setRegion(estate.links().to(place));
    }
    return all.insert(place, template.build());
  }

  private void check(InstanceTemplate asked) {
    if (asked.hasSourceInstance() || asked.hasSourceInstanceParams()) {
      throw Refusals.notModelled("templates made from an instance (sourceInstance)");
    }
    InstanceProperties properties = asked.getProperties();
    Names.checkLabels("resource.properties.labels", properties.getLabelsMap());
    if (properties.getMachineType().isEmpty()) {
      throw Refusals.invalid("resource.properties.machineType", "", "A machine type is required.");
    }
    if (properties.getDisksList().stream().filter(AttachedDisk::getBoot).count() != 1) {
      throw Refusals.invalid("resource.properties.disks", "", "Exactly one boot disk is required.");
    }
    if (properties.getNetworkInterfacesCount() == 0) {
      // GoogleCloudPlatform/k8s-config-connector#310 met the refusal; the sentence is the one that
      // public scripts quote for single instances.
      throw Refusals.invalid(
          "resource.properties.networkInterfaces",
          "",
          "At least one network interface is required.");
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
  public InstanceTemplate get(Scope place, String name) {
    return all.get(place, name);
  }

  /** Those of one place by name. */
  public Collection<InstanceTemplate> list(Scope place) {
    return all.list(place);
  }

  /** The template that a reference means. */
  public InstanceTemplate referred(String reference) {
    return all.referred(reference);
  }

  /** The template that a group of this zone or region may use: a global one, or its region's. */
  public InstanceTemplate usable(String reference, Scope home) {
    InstanceTemplate template = referred(reference);
    if (template.hasRegion() && !template.getRegion().equals(estate.links().to(home.region()))) {
      throw Refusals.invalid(
          "resource.instanceTemplate",
          reference,
          "A regional instance template can be used in its own region only.");
    }
    return template;
  }

  /** Refused while a group uses it. */
  public Operation delete(Scope place, String name) {
    return all.delete(place, name);
  }
}
