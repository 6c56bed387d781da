package localcloud.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/**
 * What axe-core finds wrong with what the browser shows, for people who do not see it, or not well.
 * judges/install installs it from npm.
 */
final class Axe {
  private static final Path SCRIPT =
      Path.of("target/judges/node/node_modules/axe-core/axe.min.js").toAbsolutePath();

  private final String script;

  private Axe(String script) {
    this.script = script;
  }

  /** Without axe-core the calling test is skipped, and says so. */
  static Axe installed() throws IOException {
    Assumptions.assumeTrue(
        Files.isReadable(SCRIPT),
        "The page is not judged: axe-core is missing; run judges/install");
    return new Axe(Files.readString(SCRIPT));
  }

  /** Each rule that is broken, with the places and the reasons; none of what is only incomplete. */
  List<String> findings(Browser browser) {
    browser.run("if (!window.axe) {" + script + "}");
    return browser.texts(
        """
        const done = arguments[arguments.length - 1];
        axe.run(document, {resultTypes: ["violations"]}).then(
            ({violations}) => done(violations.flatMap(({id, nodes}) => nodes.map((node) =>
                id + " at " + node.target.join(" ") + ": " + node.failureSummary))),
            (failed) => done(["axe failed: " + failed]));
        """);
  }
}
