package localcloud.world.images;

import localcloud.world.refusals.OperationFailed;

/** The one error code for a bad tarball, with the texts seen beside it. */
final class ImageTar {
  static final long GIB = 1L << 30;

  /** The largest disk taken here, in GiB. Google's own limit is not documented where we looked. */
  static final long MAX_GIB = 2048;

  private ImageTar() {}

  /** The text of five public repositories, two of which show the code. */
  static OperationFailed invalid() {
    return refused("The tar archive is not a valid image.");
  }

  static OperationFailed wrongFormat() {
    return refused(
        "The tar archive format is not supported. Supported formats are: GNU and OLDGNU.");
  }

  static OperationFailed wrongName(String name) {
    return refused(
        "The file inside the tar archive was named ''"
            + name
            + "''. It should be named ''disk.raw''.");
  }

  private static OperationFailed refused(String text) {
    return new OperationFailed("INVALID_IMAGE_TAR", 400, text);
  }
}
