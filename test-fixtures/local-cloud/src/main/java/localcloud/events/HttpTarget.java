package localcloud.events;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Posts events to one URL over HTTP/1.1, as Eventarc does: the binary mode, to "/". */
final class HttpTarget implements EventTarget {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final URI url;
  private final Duration limit;

  /**
   * Takes where to post to.
   *
   * @param limit how long one call may take, in the system's time
   */
  HttpTarget(URI url, Duration limit) {
    this.url = url;
    this.limit = limit;
  }

  @Override
  public int post(FinalizeEvent event) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url).timeout(limit).POST(BodyPublishers.ofString(event.body()));
    event.headers().forEach(request::header);
    return CLIENT.send(request.build(), BodyHandlers.discarding()).statusCode();
  }
}
