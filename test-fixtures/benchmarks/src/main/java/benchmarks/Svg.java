package benchmarks;

import java.util.List;
import java.util.Locale;

/**
 * Draws a plot: a bar a line, from the left, with its value; stacked if there are several series.
 */
final class Svg {
  private static final int WIDTH = 760;
  private static final int MARGIN = 16;
  private static final int TITLE_HEIGHT = 44;
  private static final int LEGEND_HEIGHT = 24;
  private static final int LINE_HEIGHT = 30;
  private static final int BAR_HEIGHT = 18;
  private static final int AXIS_HEIGHT = 44;
  private static final double LETTER = 7.0;
  private static final int VALUE_WIDTH = 70;
  private static final int MOST_TICKS = 6;

  /** Okabe and Ito's colours, which colour-blind people can tell apart. */
  private static final List<String> COLOURS =
      List.of("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#999999");

  private static final String STYLE =
      "text{font:13px system-ui,sans-serif;fill:#1f2328}.title{font-weight:600;font-size:15px}"
          + ".card{fill:#ffffff;stroke:#d0d7de}.grid{stroke:#d0d7de}"
          + "@media(prefers-color-scheme:dark){text{fill:#e6edf3}"
          + ".card{fill:#0d1117;stroke:#30363d}.grid{stroke:#30363d}}";

  private final Plot plot;
  private final StringBuilder svg = new StringBuilder();
  private final double left;
  private final double tick;
  private final double perUnit;

  Svg(Plot plot) {
    this.plot = plot;
    double longest = plot.bars().stream().mapToInt(bar -> bar.label().length()).max().orElse(0);
    double most = plot.bars().stream().mapToDouble(Bar::sum).max().orElse(0);
    left = MARGIN + longest * LETTER + 10;
    tick = tick(most);
    perUnit = (WIDTH - left - VALUE_WIDTH) / Math.max(most, tick);
  }

  /** A whole SVG document. */
  String text() {
    int legendLines = plot.series().size() > 1 ? legend() : 0;
    int top = TITLE_HEIGHT + legendLines * LEGEND_HEIGHT;
    int bottom = top + plot.bars().size() * LINE_HEIGHT;
    axis(top, bottom);
    for (int i = 0; i < plot.bars().size(); i++) {
      bar(plot.bars().get(i), top + i * LINE_HEIGHT);
    }
    return frame(bottom + AXIS_HEIGHT) + svg + "</svg>\n";
  }

  private String frame(int height) {
    return String.format(
        Locale.ROOT,
        "<svg xmlns='http://www.w3.org/2000/svg' width='%d' height='%d'>%n"
            + "<title>%s</title><style>%s</style>%n"
            + "<rect class='card' x='.5' y='.5' width='%d' height='%d' rx='6'/>%n"
            + "<text class='title' x='%d' y='28'>%s</text>%n",
        WIDTH,
        height,
        escaped(plot.title()),
        STYLE,
        WIDTH - 1,
        height - 1,
        MARGIN,
        escaped(plot.title()));
  }

  /** What each colour means, in as many lines as it takes; returns their number. */
  private int legend() {
    double x = MARGIN;
    int line = 0;
    for (int i = 0; i < plot.series().size(); i++) {
      String name = plot.series().get(i);
      double width = 17 + name.length() * LETTER;
      if (x + width > WIDTH - MARGIN && x > MARGIN) {
        x = MARGIN;
        line++;
      }
      int y = TITLE_HEIGHT + line * LEGEND_HEIGHT;
      add("<rect x='%.1f' y='%d' width='12' height='12' fill='%s'/>", x, y + 1, colour(i));
      add("<text x='%.1f' y='%d'>%s</text>", x + 17, y + 12, escaped(name));
      x += width + MARGIN;
    }
    return line + 1;
  }

  private void axis(int top, int bottom) {
    for (double value = 0; left + value * perUnit < WIDTH - MARGIN; value += tick) {
      double x = left + value * perUnit;
      add("<line class='grid' x1='%.1f' y1='%d' x2='%.1f' y2='%d'/>", x, top, x, bottom);
      add("<text x='%.1f' y='%d' text-anchor='middle'>%s</text>", x, bottom + 16, plain(value));
    }
    double middle = (left + WIDTH - VALUE_WIDTH) / 2;
    add(
        "<text x='%.1f' y='%d' text-anchor='middle'>%s</text>",
        middle, bottom + 34, escaped(plot.unit()));
  }

  private void bar(Bar bar, int y) {
    double x = left;
    double text = y + LINE_HEIGHT / 2.0 + 4;
    add("<text x='%.1f' y='%.1f' text-anchor='end'>%s</text>", x - 8, text, escaped(bar.label()));
    for (int i = 0; i < bar.values().size(); i++) {
      double width = bar.values().get(i) * perUnit;
      double barTop = y + (LINE_HEIGHT - BAR_HEIGHT) / 2.0;
      add(
          "<rect x='%.1f' y='%.1f' width='%.1f' height='%d' fill='%s'/>",
          x, barTop, width, BAR_HEIGHT, colour(i));
      x += width;
    }
    add("<text x='%.1f' y='%.1f'>%s</text>", x + 6, text, Spread.number(bar.sum()));
  }

  /** 1, 2 or 5 times a power of ten, so that at most six of them reach the longest bar. */
  static double tick(double most) {
    if (most == 0) {
      return 1;
    }
    double step = Math.pow(10, Math.floor(Math.log10(most / MOST_TICKS)));
    for (double factor : new double[] {1, 2, 5, 10}) {
      if (step * factor * MOST_TICKS >= most) {
        return step * factor;
      }
    }
    throw new IllegalStateException("a bar of " + most);
  }

  private static String plain(double value) {
    String text = String.format(Locale.ROOT, "%.6f", value);
    return text.replaceAll("0+$", "").replaceAll("\\.$", "");
  }

  private static String colour(int series) {
    return COLOURS.get(series % COLOURS.size());
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("'", "&apos;");
  }

  private void add(String form, Object... values) {
    svg.append(String.format(Locale.ROOT, form, values)).append('\n');
  }
}
