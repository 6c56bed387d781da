package localcloud.compute;

import com.google.protobuf.Message;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import localcloud.world.refusals.ApiException;
import localcloud.world.resources.Names;

/**
 * One page of a list.
 *
 * @param next the token of the page after it; empty if this is the last
 */
record Page<T extends Message>(List<T> items, String next) {
  /** "The default value is 500. Acceptable values are 0 to 500": maxResults of every list. */
  private static final int MOST = 500;

  private static final String NEWEST_FIRST = "creationTimestamp desc";

  /**
   * Applies the request's filter, orderBy, maxResults and pageToken. Unless it is told otherwise, a
   * list is in the order of names (discovery: orderBy of every list), and one of errors has the
   * newest first.
   */
  static <T extends Message> Page<T> of(Collection<T> all, Message request) {
    List<T> matching = new ArrayList<>(whole(all, request).items());
    String order = Fields.text(request, "order_by");
    if (!List.of("", "name", NEWEST_FIRST).contains(order)) {
      throw invalid("orderBy", order);
    }
    boolean newestFirst = order.equals(NEWEST_FIRST) || matching.stream().anyMatch(Page::isError);
    Function<Message, String> key = newestFirst ? one -> created(one) + name(one) : Page::name;
    Comparator<String> ascending = Comparator.naturalOrder();
    Comparator<String> keys = newestFirst ? ascending.reversed() : ascending;
    matching.sort(Comparator.comparing(key, keys));
    int from =
        behind(matching.stream().map(key).toList(), Fields.text(request, "page_token"), keys);
    int asked = Fields.has(request, "max_results") ? Fields.number(request, "max_results") : MOST;
    if (asked < 0 || asked > MOST) {
      throw invalid("maxResults", String.valueOf(asked));
    }
    int to = Math.min(matching.size(), from + (asked == 0 ? MOST : asked));
    boolean more = to < matching.size() && to > 0;
    return new Page<>(
        matching.subList(from, to), more ? token(key.apply(matching.get(to - 1))) : "");
  }

  /** Applies the request's filter alone. */
  static <T extends Message> Page<T> whole(Collection<T> all, Message request) {
    Filter filter = Filter.parse(Fields.text(request, "filter"));
    return new Page<>(all.stream().filter(filter::matches).toList(), "");
  }

  private static boolean isError(Message item) {
    return !Fields.text(item, "timestamp").isEmpty();
  }

  private static String created(Message item) {
    return Fields.text(item, "creation_timestamp") + Fields.text(item, "timestamp");
  }

  /** What tells an item from all others of its list. */
  private static String name(Message item) {
    return isError(item)
        ? Names.fingerprint(item.toByteArray())
        : String.join(
            "\n",
            Fields.text(item, "self_link"),
            Fields.text(item, "instance"),
            Fields.text(item, "name"));
  }

  /**
   * Where the page of this token begins: behind where the item that ended the page before stands,
   * or would stand if it is gone. So what is deleted or made meanwhile hides nothing.
   */
  private static int behind(List<String> keys, String token, Comparator<String> order) {
    if (token.isEmpty()) {
      return 0;
    }
    String last = decoded(token);
    return (int) keys.stream().takeWhile(key -> order.compare(key, last) <= 0).count();
  }

  private static String token(String key) {
    return Base64.getUrlEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8));
  }

  private static String decoded(String token) {
    try {
      return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw invalid("pageToken", token);
    }
  }

  private static ApiException invalid(String field, String value) {
    return new ApiException(
        400, "invalid", "Invalid value for field '" + field + "': '" + value + "'.");
  }
}
