package slipway.template;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import slipway.fault.OperationFailed;
import slipway.image.ImageName;
import slipway.settings.TemplatePath;
import slipway.time.CallOver;

/** Instance templates as raw JSON: typed clients would drop what they do not know. */
public interface Templates {
  /** The template as it is now. */
  Optional<Source> find(TemplatePath path);

  /**
   * Makes the template and returns when it is made.
   *
   * @param path where: global or in a region, under the template's own name
   * @return false if there is one of that name, which is left as it is: look at it
   * @throws OperationFailed if Compute refuses it
   * @throws CallOver if the call's time ends first
   */
  boolean insert(TemplatePath path, JsonObject template) throws IOException, CallOver;

  /**
   * The templates of the project, anybody's, that boot images of such names; global ones and those
   * of every region.
   *
   * @param images a regular expression for the whole name, of what RE2 and Java share, without
   *     parentheses, which a filter has for itself
   */
  List<Listed> booting(String images);

  /**
   * Deletes the template; one that is gone is no error.
   *
   * @return false if it is in use and was left
   * @throws OperationFailed if Compute refuses it for another reason
   * @throws CallOver if the call's time ends first; it may be deleted all the same
   */
  boolean delete(TemplatePath path) throws IOException, CallOver;

  /**
   * A template among all.
   *
   * @param path where it is
   * @param images the names of the images that its disks are made of
   */
  record Listed(TemplatePath path, Set<ImageName> images) {
    public Listed {
      images = Set.copyOf(images);
    }

    /** Of this path and with this JSON. */
    public static Listed of(TemplatePath path, JsonObject json) {
      return new Listed(path, TemplateClone.images(json));
    }
  }

  /**
   * A template as Compute gives it.
   *
   * @param json all of it
   * @param unknownFields paths of fields that Google's document of this build does not have
   */
  record Source(JsonObject json, List<String> unknownFields) {
    /** Of this JSON. */
    public static Source of(JsonObject json) {
      return new Source(json, TemplateFields.KNOWN.unknownIn(json));
    }
  }
}
