package slipway.fault;

import static java.util.stream.Collectors.joining;

import java.util.List;

/**
 * What was looked at, and how it differs from what it should be.
 *
 * @param thing the subject, as its owner knows it: "the tar header of site-2.tar.gz"
 * @param expected what it should have been
 * @param found what it was
 */
public record Finding(String thing, String expected, String found) {
  /** Texts may come from an uploader: no control character of theirs reaches a terminal. */
  public Finding {
    thing = Printable.whole(thing);
    expected = Printable.whole(expected);
    found = Printable.whole(found);
  }

  /** A sentence each. */
  static String sentences(List<Finding> findings) {
    return findings.stream().map(Finding::sentence).collect(joining(" "));
  }

  private String sentence() {
    return thing + ": expected " + expected + ", found " + found + ".";
  }
}
