package slipway.settings;

/**
 * Where an instance template is: {@code projects/P/global/instanceTemplates/T} or {@code
 * projects/P/regions/R/instanceTemplates/T}, as in Compute's URLs.
 */
public record TemplatePath(String value) {
  /** Of an instance that is being deleted, and so has no template any more. */
  public static final TemplatePath NONE = new TemplatePath("");

  /** The template's name, the path's last part. */
  public String name() {
    return value.substring(value.lastIndexOf('/') + 1);
  }

  /** {@code global} or {@code regions/R}. */
  public String home() {
    return value.replaceFirst("^projects/[^/]+/(global|regions/[^/]+)/instanceTemplates/.*", "$1");
  }

  @Override
  public String toString() {
    return value;
  }
}
