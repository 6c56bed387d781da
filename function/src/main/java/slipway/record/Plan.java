package slipway.record;

import java.util.List;
import org.jspecify.annotations.Nullable;
import slipway.settings.ImageSettings;
import slipway.settings.TemplatePath;

/**
 * What an upload would do if its name did not start with {@code plan/}. Nothing of it was done.
 *
 * @param create what would be made, in this order
 * @param patch which groups would be patched, in the order of their waves
 * @param prune names of images and templates that would be deleted or deprecated after a good end
 * @param obstacles what would stop it as things stand, a sentence each
 */
public record Plan(
    List<Creation> create, List<Change> patch, List<String> prune, List<String> obstacles)
    implements DeploymentRecord.Part {

  /**
   * One thing that would be made.
   *
   * @param kind {@code image} or {@code template}
   * @param from the tarball, or the template that would be cloned
   * @param image what the image would say of itself, and of its guest features the templates' boot
   *     disks too; null for a template
   */
  public record Creation(String kind, String from, @Nullable ImageSettings image) {
    /** An image of this tarball. */
    public static Creation image(String tarball, ImageSettings settings) {
      return new Creation("image", tarball, settings);
    }

    /** A template like this one, with another image. */
    public static Creation template(TemplatePath source) {
      return new Creation("template", source.value(), null);
    }
  }

  /**
   * One group that would be patched.
   *
   * @param group its path
   * @param wave its place in the order, from 1
   * @param instances how many it shall have
   * @param canary whether some come first
   * @param steps how many come first, and next, until all follow; null in records of before
   * @param from the templates that it runs now
   */
  public record Change(
      String group,
      int wave,
      int instances,
      boolean canary,
      @Nullable List<String> steps,
      List<TemplatePath> from) {}

  /** All of it in few words. */
  public String sentence() {
    String all =
        "It would create "
            + counted(created("image"), "image")
            + " and "
            + counted(created("template"), "template")
            + ", patch "
            + counted(patch.size(), "group")
            + " and prune "
            + counted(prune.size(), "image or template")
            + "; nothing was changed.";
    return obstacles.isEmpty() ? all : all + " As things stand: " + String.join(" ", obstacles);
  }

  private int created(String kind) {
    return (int) create.stream().filter(one -> one.kind().equals(kind)).count();
  }

  private static String counted(int count, String noun) {
    return count + " " + (count == 1 ? noun : noun.replaceAll("(\\w+)( or |$)", "$1s$2"));
  }
}
