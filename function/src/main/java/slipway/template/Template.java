package slipway.template;

import slipway.settings.TemplatePath;

/** A template that boots a deployment's image; only {@link TemplateStage} makes one. */
public final class Template {
  private final TemplatePath path;

  Template(TemplatePath path) {
    this.path = path;
  }

  public TemplatePath path() {
    return path;
  }
}
