package slipway.settings;

import java.util.ArrayList;
import java.util.List;
import slipway.fault.Finding;

/** Collects what is wrong with the settings, so that all of it is told in one message. */
final class FaultyKeys {
  private final List<Finding> findings = new ArrayList<>();

  void add(String key, String expected, String found) {
    findings.add(new Finding(key, expected, found));
  }

  List<Finding> findings() {
    return List.copyOf(findings);
  }
}
