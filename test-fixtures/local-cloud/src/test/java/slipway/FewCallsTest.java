package slipway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLDecoder;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import localcloud.cli.SeededCloud;
import localcloud.events.FinalizeEvent;
import localcloud.http.CallLog.Call;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tarballs.Kind;
import tarballs.SimulatedDisk;

/**
 * What a later deployment to one group asks of Google from its event to its patch, while nobody
 * else does anything. Each call is a way to a region and back: the list may become shorter, and
 * longer only for a reason.
 */
class FewCallsTest {
  private static final String TARGETS =
      """
      {"mir-riseos": {"prefix": "mir-riseos-", "soakSeconds": 0, "maxSurge": "3", "canary": {"size": "0"},
        "groups": ["projects/demo/zones/us-west1-a/instanceGroupManagers/mir-riseos-group"]}}
      """;

  @TempDir Path folder;

  @Test
  void fromTheEventToThePatch() throws Exception {
    try (SeededCloud cloud = SeededCloud.brisk(folder)) {
      Deliveries function = new Deliveries(cloud, Map.of("TARGETS", TARGETS));
      function.deploy(upload(cloud, 2));
      FinalizeEvent event = upload(cloud, 3);
      Instant begun = cloud.clock().instant();

      function.deploy(event);

      assertThat(untilThePatch(begun, cloud.calls()))
          .containsExactly(
              "GET storage b/mir-riseos-records/o",
              "POST upload/storage b/mir-riseos-private/o",
              "POST upload/storage b/mir-riseos-records/o",
              "GET download/storage b/mir-riseos/o/mir-riseos-3.tar.gz",
              "POST upload/storage b/mir-riseos-records/o",
              "GET storage b/mir-riseos-private/o/targets/mir-riseos.json",
              "GET storage b/mir-riseos-private/o/blocked/mir-riseos/SHA256",
              "GET compute zones/us-west1-a/instanceGroupManagers/mir-riseos-group",
              "GET compute global/instanceTemplates/ID",
              "GET storage b/mir-riseos-private/o",
              "POST storage b/mir-riseos/o/mir-riseos-3.tar.gz/rewriteTo/b/mir-riseos-private/o/proven/ID.tar.gz",
              "POST compute global/images",
              "POST compute global/operations/operation-N/wait",
              "GET compute global/images/ID",
              "DELETE storage b/mir-riseos-private/o/proven/ID.tar.gz",
              "POST upload/storage b/mir-riseos-records/o",
              "GET compute zones/us-west1-a/instanceGroupManagers/mir-riseos-group",
              "POST compute global/instanceTemplates",
              "POST compute global/operations/operation-N/wait",
              "POST upload/storage b/mir-riseos-records/o",
              "GET storage b/mir-riseos-private/o",
              "POST compute zones/us-west1-a/instanceGroupManagers/mir-riseos-group/listManagedInstances",
              "POST upload/storage b/mir-riseos-private/o",
              "PATCH compute zones/us-west1-a/instanceGroupManagers/mir-riseos-group");
    }
  }

  private static FinalizeEvent upload(SeededCloud cloud, int version) throws Exception {
    String name = "mir-riseos-" + version + ".tar.gz";
    return cloud.upload(name, Kind.SPARSE, SimulatedDisk.healthy(Integer.toString(version)));
  }

  private static List<String> untilThePatch(Instant begun, List<Call> calls) {
    List<String> names = new ArrayList<>();
    // A call is noted once its answer is sent, when the next one may have come already.
    List<Call> inOrder = calls.stream().sorted(Comparator.comparing(Call::begun)).toList();
    for (Call call : inOrder) {
      if (!call.begun().isBefore(begun) && call.identity().equals("function")) {
        names.add(call.method() + " " + named(URLDecoder.decode(call.path(), UTF_8)));
        if (call.method().equals("PATCH")) {
          return names;
        }
      }
    }
    return names;
  }

  /** Without what is another each time. */
  private static String named(String path) {
    return path.replaceFirst("^/compute/v1/projects/demo/", "compute ")
        .replaceFirst("^/(.*)storage/v1/", "$1storage ")
        .replaceAll("mir-riseos-\\d{8}-\\d{6}-\\w{6}(-\\w{4})?", "ID")
        .replaceFirst("operation-[-\\w]+", "operation-N")
        .replaceFirst("/[0-9a-f]{64}$", "/SHA256")
        .replaceFirst("/\\d+[.]json$", "/N.json");
  }
}
