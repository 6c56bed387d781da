package localcloud.storage;

import com.google.api.services.storage.model.Objects;
import com.google.api.services.storage.model.StorageObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import localcloud.world.refusals.ApiException;

/** Makes one page of a listing. */
final class Listing {
  private static final int LARGEST_PAGE = 1000;

  private final ListQuery query;
  private final String after;
  private final List<StorageObject> items = new ArrayList<>();
  private final List<String> prefixes = new ArrayList<>();
  private String last = "";

  private Listing(ListQuery query) {
    this.query = query;
    this.after = query.pageToken() == null ? "" : decode(query.pageToken());
  }

  static Objects page(NavigableMap<String, StorageObject> objects, ListQuery query) {
    if (query.maxResults() < 1) {
      throw new ApiException(
          400,
          "invalid",
          String.format(Locale.ROOT, "Invalid value '%d' for maxResults", query.maxResults()));
    }
    return new Listing(query).collect(objects);
  }

  private Objects collect(NavigableMap<String, StorageObject> objects) {
    Comparator<? super String> order = objects.comparator();
    String start = latest(order, query.prefix(), query.startOffset(), after);
    Objects page = new Objects().setKind("storage#objects");
    for (StorageObject object : objects.tailMap(start, true).values()) {
      String name = object.getName();
      if (!name.startsWith(query.prefix()) || isBehind(order, name)) {
        break;
      }
      if (isListed(name) || (query.glob() != null && !query.glob().matches(name))) {
        continue;
      }
      if (items.size() + prefixes.size() == Math.min(query.maxResults(), LARGEST_PAGE)) {
        page.setNextPageToken(encode(last));
        break;
      }
      add(object);
    }
    return page.setItems(items.isEmpty() ? null : items)
        .setPrefixes(prefixes.isEmpty() ? null : prefixes);
  }

  private boolean isBehind(Comparator<? super String> order, String name) {
    return !query.endOffset().isEmpty() && order.compare(name, query.endOffset()) >= 0;
  }

  /** In this page or the one before, by itself or under its prefix. */
  private boolean isListed(String name) {
    String entry = entry(name);
    return entry.equals(after) || entry.equals(last);
  }

  private void add(StorageObject object) {
    last = entry(object.getName());
    if (last.equals(object.getName()) && !isFolded(object.getName())) {
      items.add(object.clone());
    } else {
      prefixes.add(last);
    }
  }

  private boolean isFolded(String name) {
    return !query.delimiter().isEmpty()
        && name.indexOf(query.delimiter(), query.prefix().length()) >= 0;
  }

  /** What stands for this name in the listing: itself, or the prefix it is folded into. */
  private String entry(String name) {
    if (!isFolded(name)) {
      return name;
    }
    int end = name.indexOf(query.delimiter(), query.prefix().length());
    return name.substring(0, end + query.delimiter().length());
  }

  private static String latest(Comparator<? super String> order, String... names) {
    String latest = "";
    for (String name : names) {
      latest = order.compare(name, latest) > 0 ? name : latest;
    }
    return latest;
  }

  static String encode(String name) {
    return Base64.getUrlEncoder().encodeToString(name.getBytes(StandardCharsets.UTF_8));
  }

  static String decode(String token) {
    try {
      return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException foreign) {
      throw new ApiException(400, "invalid", "Invalid page token: '" + token + "'");
    }
  }
}
