package localcloud.page;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The page's own files, from the jar; no others can be asked for. */
final class PageFiles {
  private static final List<String> NAMES =
      List.of(
          "index.html",
          "page.css",
          "instances.css",
          "main.js",
          "feed.js",
          "dom.js",
          "versions.js",
          "record.js",
          "deployments.js",
          "story.js",
          "groups.js",
          "traffic.js",
          "log.js",
          "icon.svg");

  private static final Map<String, String> TYPES =
      Map.of(
          "svg", "image/svg+xml", "html", "text/html", "css", "text/css", "js", "text/javascript");

  private final Map<String, byte[]> files = new HashMap<>();

  private PageFiles() {}

  static PageFiles load() throws IOException {
    PageFiles all = new PageFiles();
    for (String name : NAMES) {
      try (InputStream file = PageFiles.class.getResourceAsStream(name)) {
        all.files.put("/" + name, Objects.requireNonNull(file, name).readAllBytes());
      }
    }
    return all;
  }

  /** Answers with the file of this path; returns false if there is none. */
  boolean send(String path, HttpExchange exchange) throws IOException {
    String name = path.equals("/") ? "/index.html" : path;
    byte[] file = files.get(name);
    if (file == null) {
      return false;
    }
    String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
    exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
    exchange.sendResponseHeaders(200, file.length);
    exchange.getResponseBody().write(file);
    return true;
  }
}
