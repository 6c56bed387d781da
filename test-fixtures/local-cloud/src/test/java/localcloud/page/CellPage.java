package localcloud.page;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.openqa.selenium.WebElement;

/** A page over cells that a test sets, in one browser for a class; its clock stands still. */
abstract class CellPage {
  static Browser browser;

  CellServer server;

  @BeforeAll
  static void startBrowser() {
    browser = Browser.start();
    browser.stopClock();
  }

  @AfterAll
  static void stopBrowser() {
    if (browser != null) {
      browser.close();
    }
  }

  @BeforeEach
  void start() throws Exception {
    server = new CellServer();
    browser.prefer(Map.of("prefers-reduced-motion", "reduce"));
  }

  @AfterEach
  void stop() {
    server.close();
    browser.wide();
  }

  void open(Map<String, JsonObject> cells) {
    server.show(cells);
    browser.open(server.address());
  }

  /** What stands in each of these elements, on one line. */
  static List<String> texts(String selector) {
    return browser.all(selector).stream()
        .map(WebElement::getText)
        .map(text -> text.replaceAll("\\s+", " "))
        .toList();
  }
}
