package page;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The page's own files, from the jar; no others can be asked for. */
final class PageFiles {
  private static final Pattern NAME = Pattern.compile("/([a-z-]+\\.(svg|html|css|js))");

  private static final Map<String, String> TYPES =
      Map.of(
          "svg", "image/svg+xml", "html", "text/html", "css", "text/css", "js", "text/javascript");

  private PageFiles() {}

  /** Answers with the file of this path; returns false if there is none. */
  static boolean send(String path, HttpExchange exchange) throws IOException {
    Matcher name = NAME.matcher(path.equals("/") ? "/index.html" : path);
    if (!name.matches()) {
      return false;
    }
    try (InputStream content = PageFiles.class.getResourceAsStream(name.group(1))) {
      if (content == null) {
        return false;
      }
      byte[] file = content.readAllBytes();
      String type = TYPES.get(name.group(2));
      exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
      exchange.sendResponseHeaders(200, file.length);
      exchange.getResponseBody().write(file);
      return true;
    }
  }
}
