package localcloud.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import localcloud.assembly.Text;

/** The demo's table of times. */
final class Summary {
  private static final String ROW = "  %-34s %10s %10s   %s";

  private final List<String> rows = new ArrayList<>();

  Summary() {
    rows.add(Text.of(ROW, "", "clock", "cloud", "").stripTrailing());
  }

  /** Rows of the good deployment; a stage that was not reached has no times. */
  void add(Timeline timeline) {
    add("upload", timeline.span(Timeline.BEGUN, Timeline.UPLOADED), "");
    add("proof", timeline.span(Timeline.UPLOADED, "proven"), "");
    add("image", timeline.span("proven", "image-ready"), "");
    add("template", timeline.span("image-ready", "template-ready"), "");
    add("rolling", timeline.span("template-ready", "soaking"), "");
    add("soak", timeline.span("soaking", Timeline.DEPLOYED), "");
    add("total", timeline.span(Timeline.BEGUN, Timeline.DEPLOYED), "");
  }

  void add(String what, Optional<Watch.Span> span, String result) {
    rows.add(
        Text.of(
                ROW,
                what,
                span.map(s -> seconds(s.system())).orElse("-"),
                span.map(s -> seconds(s.cloud())).orElse("-"),
                result)
            .stripTrailing());
  }

  List<String> rows() {
    return List.copyOf(rows);
  }

  private static String seconds(Duration duration) {
    return Text.of("%.1f s", duration.toMillis() / 1000.0);
  }
}
