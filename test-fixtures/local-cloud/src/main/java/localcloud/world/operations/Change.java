package localcloud.world.operations;

import localcloud.world.places.Links;
import localcloud.world.places.Scope;

/**
 * What an operation does.
 *
 * @param type as operationType says it: insert, patch, delete, compute.instanceTemplates.insert
 * @param targetLink the full link of the resource
 * @param targetId its number
 */
public record Change(Scope scope, String type, String targetLink, long targetId) {
  /** Collection and verb, such as {@code images.insert}: of the types, only some say both. */
  String method() {
    String home = targetLink.substring(0, targetLink.lastIndexOf('/'));
    return Links.last(home) + "." + type.substring(type.lastIndexOf('.') + 1);
  }
}
