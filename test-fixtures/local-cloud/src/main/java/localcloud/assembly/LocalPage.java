package localcloud.assembly;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import localcloud.access.Access;
import localcloud.access.Grants;
import localcloud.http.ApiServer;
import localcloud.http.TrafficRoute;
import page.PageServer;
import page.Settings;
import page.Settings.Buckets;
import page.Settings.Endpoints;
import page.Token;

/** The page of the local cloud: it asks the APIs as anybody would, as one who may only read. */
public final class LocalPage {
  /** As often as somebody who watches sees a difference. */
  private static final Duration LOOK = Duration.ofMillis(200);

  private LocalPage() {}

  static PageServer start(
      UpOptions options, ApiServer.Ports ports, InstantSource clock, Closing closing)
      throws IOException {
    PageServer page =
        closing.add(PageServer.start(options.pagePort(), of(ports, options.speed(), clock)));
    closing.add(Periodic.start("what the page shows", LOOK, page::look));
    return page;
  }

  /**
   * What it shows.
   *
   * @param speed cloud seconds in one of the system's, from 1
   */
  public static Settings of(ApiServer.Ports ports, int speed, InstantSource clock) {
    String http = "http://127.0.0.1:" + ports.http();
    return new Settings(
        "local cloud",
        Names.PROJECT,
        new Buckets(Names.UPLOADS, Names.RECORDS, Names.PRIVATE),
        new Endpoints(
            http + "/storage/v1", http + "/compute/v1", http, http, http + TrafficRoute.PATH),
        FunctionSettings.NAME,
        speed,
        0,
        Token.fixed(Access.token(Grants.VIEWER), Grants.VIEWER),
        clock);
  }
}
