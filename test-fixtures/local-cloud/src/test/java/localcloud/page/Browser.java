package localcloud.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/**
 * Debian's Chromium without a window; a test that needs it is skipped where it is not installed.
 */
final class Browser implements AutoCloseable {
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
  private static final Path PICTURES = Path.of("target/page");
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  static Browser start() {
    Assumptions.assumeTrue(
        Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER),
        "The page is not looked at: install chromium and chromium-driver (Debian's packages).");
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(DRIVER.toFile())
            .usingAnyFreePort()
            .build();
    ChromeOptions options = new ChromeOptions();
    options.setBinary(CHROMIUM.toFile());
    Logger.getLogger("org.openqa.selenium").setLevel(Level.SEVERE);
    // Root may not use Chromium's sandbox, and /dev/shm may be too small for it in a container.
    options.addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage");
    Browser browser = new Browser(new ChromeDriver(service, options));
    browser.wide();
    return browser;
  }

  void open(String address) {
    driver.get(address);
    await("the page to be live", page -> !page.all("#link[data-state=live]").isEmpty());
  }

  /** In pages opened from now on, no time passes after what the server told last. */
  void stopClock() {
    command(
        "Page.addScriptToEvaluateOnNewDocument", Map.of("source", "performance.now = () => 0;"));
  }

  /** A usual window, without preferences. */
  void wide() {
    command("Emulation.setScrollbarsHidden", Map.of("hidden", true));
    prefer(Map.of());
    resize(1280, 960, 1.5);
  }

  /** In CSS pixels, each of so many pixels of a picture both ways. */
  void resize(int width, int height, double density) {
    command(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", density, "mobile", false));
  }

  /** Asks for media features, such as prefers-color-scheme dark, and for no others. */
  void prefer(Map<String, String> features) {
    List<Map<String, String>> all =
        features.entrySet().stream()
            .map(feature -> Map.of("name", feature.getKey(), "value", feature.getValue()))
            .toList();
    command("Emulation.setEmulatedMedia", Map.of("features", all));
  }

  private void command(String name, Map<String, Object> parameters) {
    driver.executeCdpCommand(name, parameters);
  }

  ChromeDriver driver() {
    return driver;
  }

  WebElement one(String selector) {
    return driver.findElement(By.cssSelector(selector));
  }

  List<WebElement> all(String selector) {
    return driver.findElements(By.cssSelector(selector));
  }

  /** Looks again where the page put another element in its place meanwhile. */
  String text(String selector) {
    return Awaitility.await(selector)
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .ignoreException(StaleElementReferenceException.class)
        .until(() -> one(selector).getText(), text -> true);
  }

  /** Whether there is such an element, and the first of them has these words. */
  boolean shows(String selector, String words) {
    List<WebElement> found = all(selector);
    return !found.isEmpty() && found.get(0).getText().contains(words);
  }

  Object run(String script) {
    return driver.executeScript(script);
  }

  /** The list of texts that the script hands to its last argument, a function. */
  List<String> texts(String script) {
    driver.manage().timeouts().scriptTimeout(PATIENCE);
    return ((List<?>) driver.executeAsyncScript(script)).stream().map(Object::toString).toList();
  }

  /** Waits until the page is so; what a change took away meanwhile is looked for again. */
  void await(String what, Predicate<Browser> so) {
    Awaitility.await(what)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .ignoreException(StaleElementReferenceException.class)
        .until(() -> so.test(this));
  }

  /** Writes what the window shows as a picture to {@code target/page}. */
  void picture(String name) throws IOException {
    Files.createDirectories(PICTURES);
    Files.write(PICTURES.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
  }

  @Override
  public void close() {
    driver.quit();
  }
}
