package localcloud.demo;

import tarballs.Kind;

/**
 * A tarball that the function must refuse, and why people make such.
 *
 * @param object its name in the bucket
 * @param kind what is wrong with it
 * @param story how it comes about
 */
record BadUpload(String object, Kind kind, String story) {
  static final BadUpload[] ALL = {
    new BadUpload("mir-riseos-3.tar.gz", Kind.OTHER_NAME, "the disk in it is named image.raw"),
    new BadUpload(
        "mir-riseos-4.tar.gz", Kind.TRUNCATED, "cut in the middle, as by a full disk in CI"),
    new BadUpload("mir-riseos-5.tar.gz", Kind.PAX, "made by tar --format=posix"),
  };
}
