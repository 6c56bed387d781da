package localcloud.world.places;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes and reads the links of one project. Google answers with links to www.googleapis.com
 * whatever host was asked, and takes full links of any host, {@code projects/...} and paths within
 * the project.
 */
public record Links(String project) {
  /** What every selfLink of Compute Engine begins with. */
  public static final String ROOT = "https://www.googleapis.com/compute/v1/";

  /** As Packer 1.6 writes an image's source disk: without the word before the project's name. */
  private static final Pattern WITHOUT_PROJECTS =
      Pattern.compile("https?://[^/]+/compute/v1/([^/]+/(?:global|zones/[^/]+|regions/[^/]+)/.+)");

  /** The full link of a resource, such as (global, images, a-1). */
  public String to(Scope scope, String collection, String name) {
    return ROOT + path(scope, collection, name);
  }

  /** The link of a zone, a region or the project itself. */
  public String to(Scope scope) {
    return ROOT + "projects/" + project + "/" + scope.path();
  }

  /** The path that error texts name: {@code projects/demo/global/images/a-1}. */
  public String path(Scope scope, String collection, String name) {
    return "projects/" + project + "/" + scope.path() + "/" + collection + "/" + name;
  }

  /** The full link that this reference stands for; empty if it has none of the forms. */
  public Optional<String> expand(String reference) {
    int projects = reference.indexOf("/projects/");
    if (projects >= 0) {
      return Optional.of(ROOT + reference.substring(projects + 1));
    }
    if (reference.startsWith("projects/")) {
      return Optional.of(ROOT + reference);
    }
    Matcher bare = WITHOUT_PROJECTS.matcher(reference);
    if (bare.matches()) {
      return Optional.of(ROOT + "projects/" + bare.group(1));
    }
    if (reference.matches("(global|zones/[^/]+|regions/[^/]+)/.+")) {
      return Optional.of(ROOT + "projects/" + project + "/" + reference);
    }
    return Optional.empty();
  }

  /** The same link with Google's host; paths stay as they are. gcloud names the host it asks. */
  public static String canonical(String reference) {
    int projects = reference.indexOf("/compute/v1/projects/");
    return projects < 0 ? reference : ROOT + reference.substring(projects + 12);
  }

  /**
   * The name of the resource of this project, scope and collection that the reference means; empty
   * if it means something else.
   */
  public Optional<String> nameIn(Scope scope, String collection, String reference) {
    String home = to(scope, collection, "");
    return expand(reference)
        .filter(link -> link.startsWith(home))
        .map(link -> link.substring(home.length()))
        .filter(name -> !name.isEmpty());
  }

  /** The path of a full link: what stands after the version. */
  public static String pathOf(String link) {
    return link.startsWith(ROOT) ? link.substring(ROOT.length()) : link;
  }

  /** The last part of a link. */
  public static String last(String link) {
    return link.substring(link.lastIndexOf('/') + 1);
  }
}
