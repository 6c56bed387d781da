package localcloud.monitoring;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.monitoring.v3.Snooze;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import localcloud.compute.ApiCall;
import localcloud.world.refusals.ApiException;

/** Orders, filters and pages of Cloud Monitoring's lists. */
final class Lists {
  private static final int USUAL_PAGE = 50;
  private static final int LARGEST_PAGE = 1000;

  private static final Pattern ALERT =
      Pattern.compile("(state|policy\\.name)\\s*=\\s*\"?([^\"]+)\"?");

  private static final Pattern SNOOZE =
      Pattern.compile("interval\\.(start|end)_time\\s*([<>])=?\\s*\"([^\"]+)\"");

  private Lists() {}

  /** The latest opened first, unless told otherwise. */
  static List<JsonObject> alerts(List<Alert> all, ApiCall call) {
    String order = call.query().getOrDefault("orderBy", "openTime desc").strip();
    Comparator<Alert> by = by(order);
    return all.stream()
        .filter(alertFilter(call.query().getOrDefault("filter", "").strip()))
        .sorted(order.endsWith(" desc") ? by.reversed() : by)
        .map(Alert::json)
        .toList();
  }

  private static Comparator<Alert> by(String order) {
    return switch (order.replaceFirst(" +desc$", "")) {
      case "openTime", "open_time" -> Comparator.comparing(Alert::openedAt);
      case "closeTime", "close_time" ->
          Comparator.comparing(alert -> Objects.requireNonNullElse(alert.closedAt(), Instant.MAX));
      default ->
          throw new ApiException(
              400, "badRequest", "Field order_by had an invalid value: " + order);
    };
  }

  private static Predicate<Alert> alertFilter(String filter) {
    if (filter.isEmpty()) {
      return alert -> true;
    }
    Matcher term = ALERT.matcher(filter);
    if (!term.matches()) {
      throw missing(filter);
    }
    return term.group(1).equals("state")
        ? alert -> term.group(2).equals(alert.isOpen() ? "OPEN" : "CLOSED")
        : alert -> term.group(2).equals(alert.policy());
  }

  /** Those whose interval begins or ends as the filter says. */
  static List<Snooze> snoozes(Collection<Snooze> all, ApiCall call) {
    String filter = call.query().getOrDefault("filter", "").strip();
    List<Snooze> left = new ArrayList<>(all);
    for (String term : filter.isEmpty() ? new String[0] : filter.split("\\s+AND\\s+", -1)) {
      Matcher parts = SNOOZE.matcher(term);
      if (!parts.matches()) {
        throw missing(filter);
      }
      Instant limit = Instant.parse(parts.group(3));
      left.removeIf(
          snooze -> {
            Instant time = time(snooze, parts.group(1));
            return parts.group(2).equals("<") ? time.isAfter(limit) : time.isBefore(limit);
          });
    }
    return left;
  }

  private static Instant time(Snooze snooze, String which) {
    return Monitoring.instant(
        which.equals("start")
            ? snooze.getInterval().getStartTime()
            : snooze.getInterval().getEndTime());
  }

  private static ApiException missing(String filter) {
    return new ApiException(
        501, "notImplemented", "The local cloud does not know the filter " + filter);
  }

  /** One page of them, and the token of the next. */
  static JsonObject page(String key, List<JsonObject> all, ApiCall call) {
    int asked = number(call, "pageSize");
    int size = asked <= 0 ? USUAL_PAGE : Math.min(asked, LARGEST_PAGE);
    int from = Math.min(number(call, "pageToken"), all.size());
    int until = Math.min(from + size, all.size());
    JsonObject page = new JsonObject();
    if (until > from) {
      JsonArray items = new JsonArray();
      all.subList(from, until).forEach(items::add);
      page.add(key, items);
    }
    if (until < all.size()) {
      page.addProperty("nextPageToken", Integer.toString(until));
    }
    return page;
  }

  private static int number(ApiCall call, String parameter) {
    String text = call.query().getOrDefault(parameter, "0");
    if (!text.matches("\\d{1,9}")) {
      throw new ApiException(
          400, "badRequest", "Field " + parameter + " had an invalid value of \"" + text + "\"");
    }
    return Integer.parseInt(text);
  }
}
