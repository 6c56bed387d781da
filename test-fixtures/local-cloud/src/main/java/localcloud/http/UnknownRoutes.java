package localcloud.http;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What clients asked for and the local cloud has not: answered 501, and kept for the tests. */
public final class UnknownRoutes {
  private final List<String> asked = new CopyOnWriteArrayList<>();

  /** Notes one request, by its verb and path. */
  public void add(String method, String path) {
    String route = method + " " + path;
    asked.add(route);
    System.err.println("local cloud: 501 not implemented: " + route);
  }

  /** All of them, in the order asked. */
  public List<String> asked() {
    return List.copyOf(asked);
  }
}
