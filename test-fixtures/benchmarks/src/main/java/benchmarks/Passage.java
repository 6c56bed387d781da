package benchmarks;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * One deployment's moments, in their order.
 *
 * @param begun the upload begins
 * @param uploaded the object is there
 * @param proven the function has read it to its end
 * @param imageReady the image can be used
 * @param told the group has the new template
 * @param serving every instance runs the new version and is healthy
 * @param recorded the record's end is written
 */
record Passage(
    Instant begun,
    Instant uploaded,
    Instant proven,
    Instant imageReady,
    Instant told,
    Instant serving,
    Instant recorded) {
  /** What lies between the moments. */
  static final List<String> PARTS =
      List.of("upload", "event and proof", "image", "template and patch", "machines", "record");

  private static final double MILLIS = 1000;

  /** As long as each part took, in seconds. */
  List<Double> parts() {
    List<Instant> moments = List.of(begun, uploaded, proven, imageReady, told, serving, recorded);
    List<Double> parts = new ArrayList<>();
    for (int i = 1; i < moments.size(); i++) {
      parts.add(seconds(moments.get(i - 1), moments.get(i)));
    }
    return parts;
  }

  /** From the upload's beginning until the last instance serves the new version. */
  double uploadToServing() {
    return seconds(begun, serving);
  }

  private static double seconds(Instant from, Instant to) {
    return Duration.between(from, to).toMillis() / MILLIS;
  }
}
