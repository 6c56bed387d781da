package localcloud.world.groups;

import com.google.cloud.compute.v1.InstancePropertiesPatch;

/**
 * What tells one version of a group from another: gcloud forces a replacement with an unchanged
 * template by changing the version's name alone (rolling-action replace).
 *
 * @param template the full link of the instance template
 * @param name empty if it has none
 * @param overrides labels and metadata of the group's all-instances configuration, which win over
 *     the template's
 */
public record VersionKey(String template, String name, InstancePropertiesPatch overrides) {
  /** One that overrides nothing. */
  VersionKey(String template, String name) {
    this(template, name, InstancePropertiesPatch.getDefaultInstance());
  }

  /** Template and name alone, which is what a group calls a version. */
  VersionKey bare() {
    return new VersionKey(template, name);
  }
}
