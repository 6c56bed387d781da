package localcloud.compute;

import com.google.protobuf.Message;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import localcloud.world.refusals.ApiException;

/**
 * One page of a list.
 *
 * @param next the token of the page after it; empty if this is the last
 */
record Page<T extends Message>(List<T> items, String next) {
  /** "The default value is 500. Acceptable values are 0 to 500": maxResults of every list. */
  private static final int MOST = 500;

  private static final String NEWEST_FIRST = "creationTimestamp desc";

  /** Applies the request's filter, orderBy, maxResults and pageToken. */
  static <T extends Message> Page<T> of(Collection<T> all, Message request) {
    List<T> matching = new ArrayList<>(whole(all, request).items());
    String order = Fields.text(request, "order_by");
    if (order.equals(NEWEST_FIRST)) {
      matching.sort(Collections.reverseOrder((a, b) -> created(a).compareTo(created(b))));
    } else if (!order.isEmpty() && !order.equals("name")) {
      throw invalid("orderBy", order);
    }
    boolean newestFirst = order.equals(NEWEST_FIRST);
    int from = behind(matching, Fields.text(request, "page_token"), newestFirst);
    int asked = Fields.has(request, "max_results") ? Fields.number(request, "max_results") : MOST;
    if (asked < 0 || asked > MOST) {
      throw invalid("maxResults", String.valueOf(asked));
    }
    int to = Math.min(matching.size(), from + (asked == 0 ? MOST : asked));
    String next =
        to < matching.size() && to > 0 ? token(key(matching.get(to - 1), newestFirst)) : "";
    return new Page<>(matching.subList(from, to), next);
  }

  /** Applies the request's filter alone. */
  static <T extends Message> Page<T> whole(Collection<T> all, Message request) {
    Filter filter = Filter.parse(Fields.text(request, "filter"));
    return new Page<>(all.stream().filter(filter::matches).toList(), "");
  }

  private static String created(Message resource) {
    return Fields.text(resource, "creation_timestamp");
  }

  /**
   * Where the page of this token begins: behind the item that ended the page before or, if that is
   * gone, where it would stand. So what is deleted or made meanwhile hides nothing.
   */
  private static <T extends Message> int behind(List<T> items, String token, boolean newestFirst) {
    if (token.isEmpty()) {
      return 0;
    }
    String last = decoded(token);
    List<String> keys = items.stream().map(item -> key(item, newestFirst)).toList();
    int at = keys.indexOf(last);
    if (at >= 0) {
      return at + 1;
    }
    int next = 0;
    while (next < keys.size()
        && (newestFirst
            ? keys.get(next).compareTo(last) > 0
            : keys.get(next).compareTo(last) < 0)) {
      next++;
    }
    return next;
  }

  /** What tells an item from all others of its list, and is in the order of the list. */
  private static String key(Message item, boolean newestFirst) {
    String identity =
        Fields.text(item, "self_link") + Fields.text(item, "instance") + Fields.text(item, "name");
    return newestFirst ? created(item) + identity : identity;
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
