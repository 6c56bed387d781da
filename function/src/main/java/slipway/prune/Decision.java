package slipway.prune;

import java.util.Locale;

/**
 * What becomes of one image or template.
 *
 * @param action what is to be done
 * @param kind what it is
 * @param name an image's name, or a template's path
 * @param reason why, as a part of a sentence
 */
public record Decision(Action action, Kind kind, String name, String reason) {
  /** What is to be done. */
  public enum Action {
    /** Nothing: it stays. */
    KEEP,
    /** It was to be deleted, and now stays. */
    SPARE,
    /** An image is marked as deprecated, with the time from which on it may be deleted. */
    ANNOUNCE,
    /** It goes. */
    DELETE;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What it is. */
  public enum Kind {
    /** An image. */
    IMAGE,
    /** An instance template. */
    TEMPLATE;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** As a line of the log has it: {@code delete image site-1: reason}. */
  @Override
  public String toString() {
    return action + " " + kind + " " + name + ": " + reason;
  }
}
