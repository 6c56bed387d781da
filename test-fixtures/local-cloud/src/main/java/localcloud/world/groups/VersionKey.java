package localcloud.world.groups;

/**
 * What tells one version of a group from another: gcloud forces a replacement with an unchanged
 * template by changing the version's name alone (rolling-action replace).
 *
 * @param template the full link of the instance template
 * @param name empty if it has none
 */
public record VersionKey(String template, String name) {}
