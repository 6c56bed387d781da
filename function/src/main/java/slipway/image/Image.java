package slipway.image;

/** An image that is READY and holds a proven artifact; only {@link ImageStage} makes one. */
public final class Image {
  private final String name;
  private final String url;

  Image(String name, String url) {
    this.name = name;
    this.url = url;
  }

  /** Its name, which is the deployment's id. */
  public String name() {
    return name;
  }

  /** Its full URL: the exact image, not its family, or going back would mean nothing. */
  public String url() {
    return url;
  }
}
