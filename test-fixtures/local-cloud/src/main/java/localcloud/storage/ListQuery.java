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
 */
public record ListQuery(
    String prefix,
    String delimiter,
    String startOffset,
    String endOffset,
    int maxResults,
    @Nullable String pageToken) {
  /** Everything that starts with this, in pages of 1000. */
  public static ListQuery prefix(String prefix) {
    return new ListQuery(prefix, "", "", "", 1000, null);
  }
}
