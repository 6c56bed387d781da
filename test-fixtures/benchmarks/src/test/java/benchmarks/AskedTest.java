package benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import localcloud.http.CallLog.Call;
import org.junit.jupiter.api.Test;

class AskedTest {
  private static final String GROUP =
      "/compute/v1/projects/demo/zones/us-west1-a/instanceGroupManagers/fleet";
  private static final String RECORDS = "/upload/storage/v1/b/mir-riseos-records/o";

  private static Call call(String method, String path, int second) {
    return new Call("function", method, path, "", at(second), at(second));
  }

  private static Instant at(int second) {
    return Instant.ofEpochSecond(second);
  }

  private static String method(String method, String path) {
    return Asked.method(call(method, path, 0));
  }

  @Test
  void methodsAreCalledAsGoogleCallsThem() {
    String compute = "/compute/v1/projects/demo/";
    assertEquals("images.insert", method("POST", compute + "global/images"));
    assertEquals("images.get", method("GET", compute + "global/images/one"));
    assertEquals("images.list", method("GET", compute + "global/images"));
    assertEquals("images.deprecate", method("POST", compute + "global/images/one/deprecate"));
    assertEquals("instanceGroupManagers.patch", method("PATCH", GROUP));
    assertEquals("instances.aggregatedList", method("GET", compute + "aggregated/instances"));
    assertEquals("storage.objects.list", method("GET", "/storage/v1/b/bucket/o"));
    assertEquals("storage.objects.get", method("GET", "/storage/v1/b/bucket/o/one"));
    assertEquals("storage.objects.get (content)", method("GET", "/download/storage/v1/b/b/o/one"));
    assertEquals("storage.objects.insert", method("POST", RECORDS));
    assertEquals(
        "storage.objects.rewrite",
        method("POST", "/storage/v1/b/bucket/o/one/rewriteTo/b/other/o/one"));
  }

  @Test
  void looksPagesAndProgressAreToldFromTheRest() {
    Call page =
        new Call("function", "POST", GROUP + "/listManagedInstances", "pageToken=5", at(5), at(5));
    Asked asked =
        Asked.between(
            at(1),
            at(20),
            List.of(
                call("GET", GROUP, 0),
                call("GET", GROUP, 2),
                call("PATCH", GROUP, 3),
                new Call("owner", "GET", GROUP, "", at(4), at(4)),
                call("GET", GROUP, 4),
                call("POST", GROUP + "/listManagedInstances", 4),
                page,
                call("POST", RECORDS, 6),
                call("POST", RECORDS, 21)));

    assertEquals(
        Map.of(
            "instanceGroupManagers.get", 2,
            "instanceGroupManagers.patch", 1,
            "instanceGroupManagers.listManagedInstances", 2,
            "storage.objects.insert", 2),
        asked.byMethod());
    assertEquals(1, asked.pages());
    assertEquals(2, asked.looks());
    assertEquals(1, asked.progress());
    assertEquals(17, asked.watched());
    assertEquals(3, asked.rest());
    assertEquals(2 / 17.0, asked.looksASecond());
  }

  @Test
  void whatFollowsWithinTwentySecondsIsOneCallOfTheFunction() {
    Asked asked =
        Asked.between(
            at(0),
            at(200),
            List.of(
                call("GET", GROUP, 1),
                call("PATCH", GROUP, 20),
                call("GET", GROUP, 100),
                new Call("function", "GET", GROUP, "", at(60), at(61))));

    assertEquals(
        List.of(
            new Interval(at(1), at(20)),
            new Interval(at(60), at(61)),
            new Interval(at(100), at(100))),
        asked.busy());
    assertEquals(20, asked.busySeconds());
  }
}
