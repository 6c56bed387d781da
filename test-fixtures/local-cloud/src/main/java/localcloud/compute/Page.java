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
    int from = Math.min(offset(Fields.text(request, "page_token")), matching.size());
    int asked = Fields.has(request, "max_results") ? Fields.number(request, "max_results") : MOST;
    if (asked < 0 || asked > MOST) {
      throw invalid("maxResults", String.valueOf(asked));
    }
    int to = Math.min(matching.size(), from + (asked == 0 ? MOST : asked));
    return new Page<>(matching.subList(from, to), to < matching.size() ? token(to) : "");
  }

  /** Applies the request's filter alone. */
  static <T extends Message> Page<T> whole(Collection<T> all, Message request) {
    Filter filter = Filter.parse(Fields.text(request, "filter"));
    return new Page<>(all.stream().filter(filter::matches).toList(), "");
  }

  private static String created(Message resource) {
    return Fields.text(resource, "creation_timestamp");
  }

  private static String token(int offset) {
    return Base64.getUrlEncoder()
        .encodeToString(("from " + offset).getBytes(StandardCharsets.UTF_8));
  }

  private static int offset(String token) {
    if (token.isEmpty()) {
      return 0;
    }
    try {
      String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
      return Integer.parseInt(text.substring("from ".length()));
    } catch (IllegalArgumentException | StringIndexOutOfBoundsException e) {
      throw invalid("pageToken", token);
    }
  }

  private static ApiException invalid(String field, String value) {
    return new ApiException(
        400, "invalid", "Invalid value for field '" + field + "': '" + value + "'.");
  }
}
