package localcloud.storage;

import com.google.api.services.storage.model.Objects;
import com.google.api.services.storage.model.StorageObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import localcloud.world.refusals.ApiException;

/** Makes one page of a listing. */
final class Listing {
  private static final int LARGEST_PAGE = 1000;

  /** Google's documentation, "Objects: list": names are in the order of their UTF-8 bytes. */
  private static final Comparator<String> BY_BYTES =
      (a, b) ->
          Arrays.compareUnsigned(
              a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

  private final ListQuery query;
  private final String after;
  private final List<StorageObject> items = new ArrayList<>();
  private final List<String> prefixes = new ArrayList<>();
  private String last = "";

  private Listing(ListQuery query) {
    this.query = query;
    this.after = query.pageToken() == null ? "" : decode(query.pageToken());
  }

  static Objects page(ObjectIndex objects, ListQuery query) {
    if (query.maxResults() < 1) {
      throw new ApiException(
          400,
          "invalid",
          String.format(Locale.ROOT, "Invalid value '%d' for maxResults", query.maxResults()));
    }
    return new Listing(query).collect(objects);
  }

  private Objects collect(ObjectIndex objects) {
    String start = latest(query.prefix(), query.startOffset(), after);
    Objects page = new Objects().setKind("storage#objects");
    for (Iterator<IndexLine> lines = objects.from(start); lines.hasNext(); ) {
      IndexLine line = lines.next();
      String name = line.name();
      if (!name.startsWith(query.prefix()) || isBehind(name)) {
        break;
      }
      if (isListed(name) || (query.glob() != null && !query.glob().matches(name))) {
        continue;
      }
      if (items.size() + prefixes.size() == Math.min(query.maxResults(), LARGEST_PAGE)) {
        page.setNextPageToken(encode(last));
        break;
      }
      add(line);
    }
    return page.setItems(items.isEmpty() ? null : items)
        .setPrefixes(prefixes.isEmpty() ? null : prefixes);
  }

  private boolean isBehind(String name) {
    return !query.endOffset().isEmpty() && BY_BYTES.compare(name, query.endOffset()) >= 0;
  }

  /** In this page or the one before, by itself or under its prefix. */
  private boolean isListed(String name) {
    String entry = entry(name);
    return entry.equals(after) || entry.equals(last);
  }

  private void add(IndexLine line) {
    last = entry(line.name());
    if (last.equals(line.name()) && !isFolded(line.name())) {
      items.add(line.object());
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

  private static String latest(String... names) {
    String latest = "";
    for (String name : names) {
      latest = BY_BYTES.compare(name, latest) > 0 ? name : latest;
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
