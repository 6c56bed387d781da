package slipway;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import slipway.Boundary.Fate;
import tarballs.Kind;
import tarballs.SimulatedDisk;

/** One upload, and all that shall befall it: drawn before it begins, so that a seed repeats it. */
final class HostileStory {
  static final String GROUP = "zones/us-west1-a/instanceGroupManagers/mir-riseos-group";

  private static final String PROJECT = "/compute/v1/projects/demo/";
  private static final String AUTOSCALERS = "zones/us-west1-a/autoscalers";
  private static final int MOST_CALLS = 45;
  private static final int MOST_SECONDS = 250;

  /** What is uploaded. */
  enum Upload {
    GOOD,
    NEVER_HEALTHY,
    /** Healthy at first; it stops answering before its soak is over. */
    FAILS_LATE,
    /** A tarball that Compute Engine would not take. */
    NOT_A_DISK
  }

  private static final List<Upload> UPLOADS =
      List.of(
          Upload.GOOD,
          Upload.GOOD,
          Upload.GOOD,
          Upload.NEVER_HEALTHY,
          Upload.FAILS_LATE,
          Upload.NOT_A_DISK);

  private static final List<Kind> REFUSED =
      List.of(Kind.PAX, Kind.TEXT, Kind.BAD_CRC, Kind.TWO_MEMBERS, Kind.TRUNCATED);

  /**
   * What passes, and what each does: at random calls of the function's and to random operations.
   */
  private static final List<String> PASSING =
      List.of(
          compute("'probability':0.04,'do':'answer','status':503"),
          compute("'probability':0.04,'do':'answer','status':429"),
          compute("'probability':0.03,'do':'reset'"),
          compute("'probability':0.03,'do':'lose'"),
          compute(refusal(0.04, 403, "rateLimitExceeded", "Rate Limit Exceeded")),
          compute(refusal(0.04, 403, "userRateLimitExceeded", "User Rate Limit Exceeded")),
          // Never two in a row: the storage client waits in the system's seconds.
          storage("'nth':[4,17],'do':'answer','status':503"),
          storage("'nth':[9,26],'do':'answer','status':429"),
          storage("'nth':[14,33],'do':'lose'"),
          "{'on':'operation','method':'METHOD','probability':0.4,'do':'slow','seconds':45}",
          operation("'probability':0.5,'atMost':2", "INTERNAL_ERROR", 503),
          operation("'probability':0.5,'atMost':2", "RATE_LIMIT_EXCEEDED", 403),
          operation("'probability':0.5,'atMost':2", "RESOURCE_NOT_READY", 400),
          "{'on':'creation','probability':0.4,'atMost':4,'do':'fail',"
              + "'code':'ZONE_RESOURCE_POOL_EXHAUSTED'}",
          "{'on':'machine','probability':0.3,'atMost':1,'do':'boot-slowly','seconds':40}");

  /** Those that the function alone begins: a rule cannot tell whose an operation is. */
  private static final List<String> OPERATIONS =
      List.of(
          "images.insert",
          "instanceTemplates.insert",
          "instanceGroupManagers.patch",
          "instanceGroupManagers.patch");

  private static final String PREEMPTION =
      "{'name':'preemption','on':'machine','probability':0.4,'atMost':2,'do':'preempt',"
          + "'afterSeconds':[20,200]}";

  /** What somebody has to act on, and the code by which the record then says so. */
  private enum Refusal {
    POLICY("policy-forbids"),
    POLICY_OF_OPERATION("policy-forbids"),
    QUOTA_OF_OPERATION("quota"),
    FORBIDDEN("permission-denied");

    final String code;

    Refusal(String code) {
      this.code = code;
    }

    String rule(Random dice) {
      String at = "'name':'refusal','nth':" + (1 + dice.nextInt(60));
      String once = "'name':'refusal','probability':0.5,'atMost':1";
      String message = "Location us violates constraint constraints/gcp.resourceLocations";
      return switch (this) {
        case POLICY -> compute(at + refused(412, "conditionNotMet", message));
        case FORBIDDEN -> compute(at + refused(403, "forbidden", "Required permission is missing"));
        case POLICY_OF_OPERATION -> operation(once, "CONDITION_NOT_MET", 412);
        case QUOTA_OF_OPERATION -> operation(once, "QUOTA_EXCEEDED", 403);
      };
    }
  }

  /**
   * Something that is done to the group from outside, by one request.
   *
   * @param after cloud time since the group has its new template
   * @param figure under which it is counted; empty if it only ends another
   */
  record Act(Duration after, String figure, String verb, String path, String body) {
    /** A person sets the group's size. */
    static Act resize(Duration after, int size) {
      String path = PROJECT + GROUP + "/resize?size=" + size;
      return new Act(after, "resizes by a person", "POST", path, "");
    }

    /** The autoscaler wants another size, since this many vCPUs are needed. */
    static Act demand(Duration after, double vcpus) {
      String body = "{'group':'projects/demo/" + GROUP + "','vcpus':" + vcpus + "}";
      return new Act(after, "resizes by an autoscaler", "PUT", "/_local/demand", body);
    }

    static Act autoscaler() {
      String body =
          "{'name':'cpu','target':'"
              + GROUP
              + "','autoscalingPolicy':{'minNumReplicas':2,'maxNumReplicas':6}}";
      return new Act(Duration.ZERO, "", "POST", PROJECT + AUTOSCALERS, body);
    }

    static Act noAutoscaler() {
      return new Act(Duration.ZERO, "", "DELETE", PROJECT + AUTOSCALERS + "/cpu", "");
    }

    /** The health check wants what no machine answers, or what all do. */
    static Act flap(Duration after, boolean begins) {
      String wanted = begins ? "nobody says this" : "version";
      String path = PROJECT + "global/healthChecks/mir-riseos-health";
      String body = "{'httpHealthCheck':{'response':'" + wanted + "'}}";
      return new Act(after, begins ? "flaps" : "", "PATCH", path, body);
    }
  }

  final int number;
  final Upload upload;
  final Kind kind;
  final boolean autoscaled;

  /** At what the function dies or stands still, a delivery each. */
  final Deque<Boundary> boundaries = new ArrayDeque<>();

  /** For how long one that stands still does: less than a lease, or more. */
  final Duration frozen;

  /** The earliest first. */
  final Deque<Act> acts;

  final String faults;
  private final Optional<Refusal> refusal;

  HostileStory(int number, Random dice) {
    this.number = number;
    upload = UPLOADS.get(dice.nextInt(UPLOADS.size()));
    kind = upload == Upload.NOT_A_DISK ? REFUSED.get(dice.nextInt(REFUSED.size())) : Kind.SPARSE;
    autoscaled = dice.nextInt(3) == 0;
    for (int left = dice.nextInt(4); left > 0; left--) {
      Fate fate = dice.nextBoolean() ? Fate.FREEZES : Fate.DIES;
      boundaries.add(new Boundary(1 + dice.nextInt(MOST_CALLS), dice.nextBoolean(), fate));
    }
    frozen = Duration.ofSeconds(10 + dice.nextInt(MOST_SECONDS));
    acts = acts(dice);
    refusal =
        dice.nextInt(4) == 0
            ? Optional.of(Refusal.values()[dice.nextInt(Refusal.values().length)])
            : Optional.empty();
    faults = faults(dice);
  }

  /** Its version is the story's number, so that no two uploads have the same bytes. */
  SimulatedDisk disk() {
    SimulatedDisk healthy = SimulatedDisk.healthy(Integer.toString(number));
    return switch (upload) {
      case NEVER_HEALTHY -> healthy.unhealthy();
      case FAILS_LATE -> healthy.dyingAfter(15);
      default -> healthy;
    };
  }

  boolean isBad() {
    return upload == Upload.NEVER_HEALTHY || upload == Upload.FAILS_LATE;
  }

  /** Whether the record says of a refusal that it came, and who has to act. */
  boolean isExplained(JsonObject struck, JsonElement code) {
    return refusal.isPresent()
        && !code.isJsonNull()
        && struck(struck, "refusal") > 0
        && refusal.get().code.equals(code.getAsString());
  }

  /** How often a rule of this name struck, or all that have none. */
  static long struck(JsonObject report, String name) {
    JsonArray rules = report.getAsJsonArray("rules");
    return rules.asList().stream()
        .map(JsonElement::getAsJsonObject)
        .filter(rule -> rule.get("name").getAsString().startsWith(name))
        .mapToLong(rule -> rule.get("struck").getAsLong())
        .sum();
  }

  private Deque<Act> acts(Random dice) {
    List<Act> drawn = new ArrayList<>();
    for (int left = dice.nextInt(4); left > 0; left--) {
      Duration after = Duration.ofSeconds(dice.nextInt(MOST_SECONDS));
      drawn.add(
          autoscaled
              ? Act.demand(after, 0.4 + 3 * dice.nextDouble())
              : Act.resize(after, 1 + dice.nextInt(6)));
    }
    if (dice.nextBoolean()) {
      Duration begins = Duration.ofSeconds(dice.nextInt(MOST_SECONDS));
      drawn.add(Act.flap(begins, true));
      drawn.add(Act.flap(begins.plusSeconds(5 + dice.nextInt(40)), false));
    }
    drawn.sort(Comparator.comparing(Act::after));
    return new ArrayDeque<>(drawn);
  }

  private String faults(Random dice) {
    List<String> rules = new ArrayList<>();
    refusal.ifPresent(one -> rules.add(one.rule(dice)));
    if (dice.nextBoolean()) {
      rules.add(PREEMPTION);
    }
    for (String rule : PASSING) {
      if (dice.nextBoolean()) {
        rules.add(rule);
      }
    }
    rules.replaceAll(
        rule -> rule.replace("METHOD", OPERATIONS.get(dice.nextInt(OPERATIONS.size()))));
    return "{'seed':" + dice.nextInt() + ",'rules':[" + String.join(",", rules) + "]}";
  }

  private static String compute(String rule) {
    return "{'on':'call','resource':'projects/*','caller':'local-function'," + rule + "}";
  }

  private static String storage(String rule) {
    return "{'on':'call','method':'storage.*','caller':'local-function'," + rule + "}";
  }

  private static String refusal(double probability, int status, String reason, String message) {
    return "'probability':" + probability + refused(status, reason, message);
  }

  private static String refused(int status, String reason, String message) {
    return String.format(
        Locale.ROOT,
        ",'do':'refuse','status':%d,'reason':'%s','message':'%s'",
        status,
        reason,
        message);
  }

  /** The quota's sentence is the local cloud's own. */
  private static String operation(String occasion, String code, int status) {
    String message = code.equals("QUOTA_EXCEEDED") ? "" : ",'message':'" + code + " by a rule'";
    return "{'on':'operation','method':'METHOD',"
        + occasion
        + ",'do':'fail','code':'"
        + code
        + "'"
        + message
        + ",'httpStatus':"
        + status
        + "}";
  }

  @Override
  public String toString() {
    return "story "
        + number
        + ", "
        + upload
        + (upload == Upload.NOT_A_DISK ? " " + kind : "")
        + (autoscaled ? ", autoscaled" : "")
        + ", "
        + boundaries
        + ", "
        + acts
        + ", "
        + faults;
  }
}
