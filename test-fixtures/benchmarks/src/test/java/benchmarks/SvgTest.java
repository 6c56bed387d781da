package benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class SvgTest {
  @ParameterizedTest
  @CsvSource({"0, 1", "0.9, 0.2", "6, 1", "7, 2", "12, 2", "100, 20", "301, 100"})
  void marksTheAxisInRoundSteps(double most, double tick) {
    assertThat(Svg.tick(most)).isCloseTo(tick, withinPercentage(0.1));
  }

  @Test
  void stacksTheSeriesOfABar() throws Exception {
    Plot plot =
        new Plot(
            "a.svg",
            "Where <it> goes",
            "s",
            List.of("ours", "theirs"),
            List.of(new Bar("small & one", List.of(1.0, 2.0)), new Bar("two", List.of(2.0, 4.0))));

    List<Element> bars = bars(new Svg(plot).text());

    assertThat(bars).hasSize(4);
    double unit = number(bars.get(0), "width");
    assertThat(number(bars.get(1), "width")).isCloseTo(2 * unit, within(0.2));
    assertThat(number(bars.get(3), "width")).isCloseTo(4 * unit, within(0.2));
    assertThat(number(bars.get(1), "x")).isCloseTo(number(bars.get(0), "x") + unit, within(0.2));
    assertThat(number(bars.get(2), "x")).isEqualTo(number(bars.get(0), "x"));
  }

  @Test
  void breaksALongLegendIntoLines() throws Exception {
    List<String> series = Collections.nCopies(12, "what takes a long time");
    Plot plot =
        new Plot("a.svg", "A", "s", series, List.of(new Bar("one", Collections.nCopies(12, 1.0))));

    String svg = new Svg(plot).text();

    List<Element> boxes = rectangles(svg, "12");
    assertThat(boxes).hasSize(12);
    assertThat(boxes.stream().map(box -> box.getAttribute("y")).distinct()).hasSizeBetween(2, 6);
    double lowest = boxes.stream().mapToDouble(box -> number(box, "y")).max().orElseThrow();
    assertThat(number(bars(svg).get(0), "y")).isGreaterThan(lowest + 12);
  }

  @Test
  void refusesABarWithTooFewValues() {
    Bar bar = new Bar("one", List.of(1.0));
    assertThatThrownBy(() -> new Plot("a.svg", "A", "s", List.of("x", "y"), List.of(bar)))
        .hasMessageContaining("expected 2 values in each bar");
  }

  private static double number(Element element, String attribute) {
    return Double.parseDouble(element.getAttribute(attribute));
  }

  /** The rectangles as high as a bar: not the card, not the legend. */
  private static List<Element> bars(String svg) throws Exception {
    return rectangles(svg, "18");
  }

  private static List<Element> rectangles(String svg, String height) throws Exception {
    Document document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    NodeList found = document.getElementsByTagName("rect");
    List<Element> rectangles = new ArrayList<>();
    for (int i = 0; i < found.getLength(); i++) {
      if (found.item(i) instanceof Element rect && rect.getAttribute("height").equals(height)) {
        rectangles.add(rect);
      }
    }
    return rectangles;
  }
}
