package localcloud.storage;

import org.jspecify.annotations.Nullable;

/**
 * What part of a bucket to list.
 *
 * @param prefix of the names; empty for all
 * @param delimiter names that hold it behind the prefix are folded into one prefix; empty for none
 * @param startOffset the first name; empty for all
 * @param endOffset lists only names before it; empty for all
 * @param maxResults items and prefixes in one page, from 1; more than 1000 gives 1000
 * @param pageToken from the page before; null for the first
 * @param glob what the names must match; null for all
 */
public record ListQuery(
    String prefix,
    String delimiter,
    String startOffset,
    String endOffset,
    int maxResults,
    @Nullable String pageToken,
    @Nullable Glob glob) {
  /** Without a glob. */
  public ListQuery(
      String prefix,
      String delimiter,
      String startOffset,
      String endOffset,
      int maxResults,
      @Nullable String pageToken) {
    this(prefix, delimiter, startOffset, endOffset, maxResults, pageToken, null);
  }

  /** The token of the page that begins behind this name. */
  public static String tokenAfter(String name) {
    return Listing.encode(name);
  }

  /** The name behind which the page of this token begins. */
  public static String nameOf(String token) {
    return Listing.decode(token);
  }

  /** Everything that starts with this, in pages of 1000. */
  public static ListQuery prefix(String prefix) {
    return new ListQuery(prefix, "", "", "", 1000, null);
  }
}
