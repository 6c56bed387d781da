package slipway.template;

/** A template that boots a deployment's image; only {@link TemplateStage} makes one. */
public final class Template {
  private final String path;

  Template(String path) {
    this.path = path;
  }

  /** {@code projects/P/.../instanceTemplates/T}. */
  public String path() {
    return path;
  }
}
