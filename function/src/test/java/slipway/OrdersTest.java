package slipway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import slipway.record.Stage;

/**
 * Five uploads to one target of two waves, their events in each of the 120 orders, each event one
 * to three times by a seed.
 */
class OrdersTest {
  private static final int UPLOADS = 5;
  private static final Duration WHOLE = Duration.ofHours(2);

  /**
   * Letters in the order of the uploads: Good, Bad (never healthy), bad in the Second group only,
   * or Refused (no tarball).
   */
  @ParameterizedTest
  @CsvSource({"GBGRG", "GGSRB", "BGRGS", "RBGBR", "GGGGG"})
  void eachDeploymentRunsToItsEndBeforeTheNextEventComes(String uploads) throws Exception {
    int ran = 0;
    for (List<Integer> order : orders()) {
      FiveUploads run = new FiveUploads(uploads, order);
      run.deliver(WHOLE);
      run.requireTheNewestGoodOne(uploads.lastIndexOf('G'));
      ran += run.deliveries();
    }
    System.out.println(uploads + " one after the other: 120 orders, " + ran + " deliveries");
  }

  /** Each call ends before its rollout does; events of hand-offs come between those of uploads. */
  @ParameterizedTest
  @CsvSource({"GBGRG", "GGSRB", "BGRGS"})
  void deploymentsOverlapAndOvertakeEachOther(String uploads) throws Exception {
    int ran = 0;
    int overtaken = 0;
    for (List<Integer> order : orders()) {
      FiveUploads run = new FiveUploads(uploads, order);
      run.deliver(Duration.ofSeconds(90));
      run.requireTheNewestGoodOne(
          uploads.endsWith("G") ? uploads.length() - 1 : run.newestDeployed());
      ran += run.deliveries();
      overtaken += run.count(Stage.SUPERSEDED);
    }
    assertThat(overtaken).isPositive();
    System.out.println(
        uploads + " mixed: 120 orders, " + ran + " deliveries, " + overtaken + " superseded");
  }

  /** A person patches the first group once, after one of the deployments. */
  @ParameterizedTest
  @CsvSource({"GBGRG", "GGSRS"})
  void whatAPersonPutsThereBetweenThemIsNotOverwrittenByWhatWasUnderWay(String uploads)
      throws Exception {
    int kept = 0;
    for (List<Integer> order : orders()) {
      FiveUploads run = new FiveUploads(uploads, order);
      run.letAPersonPatch();
      run.deliver(Duration.ofSeconds(90));
      run.requireThatNobodyOverwroteThePerson();
      kept += run.isAsThePersonLeftIt() ? 1 : 0;
    }
    assertThat(kept).isPositive();
    System.out.println(uploads + " with a patch by hand: 120 orders, kept at the end in " + kept);
  }

  private static List<List<Integer>> orders() {
    List<List<Integer>> orders = new ArrayList<>(List.of(List.of()));
    for (int i = 0; i < UPLOADS; i++) {
      List<List<Integer>> longer = new ArrayList<>();
      for (List<Integer> order : orders) {
        for (int at = 0; at <= order.size(); at++) {
          List<Integer> next = new ArrayList<>(order);
          next.add(at, i);
          longer.add(next);
        }
      }
      orders = longer;
    }
    assertThat(orders).hasSize(120).doesNotHaveDuplicates();
    return orders;
  }
}
