package localcloud.faults;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads what a rule does. */
final class FaultReader {
  private static final Set<String> CALLS =
      Set.of(
          "answer",
          "refuse",
          "reset",
          "lose",
          "cut-request",
          "cut-answer",
          "delay",
          "hold-before",
          "hold-after");

  /** Those that Google's clients know as passing, and 500. */
  private static final List<Integer> STATUSES = List.of(408, 429, 500, 502, 503, 504);

  private static final Keys.Bounds REFUSALS = new Keys.Bounds(400, 499);

  private static final Keys.Bounds COPIES = new Keys.Bounds(1, 100);

  private FaultReader() {}

  static Fault read(Place place, Keys keys) throws BadFaults {
    return switch (place) {
      case CALL -> call(keys);
      case OPERATION -> operation(keys);
      case CREATION -> creation(keys);
      case EVENT -> event(keys);
      case DELIVERY -> delivery(keys);
      case MACHINE -> machine(keys);
    };
  }

  private static Fault call(Keys keys) throws BadFaults {
    String word = keys.oneOf("do", CALLS);
    boolean answers = word.equals("answer");
    boolean refuses = word.equals("refuse");
    Fault.Kind kind =
        refuses
            ? Fault.Kind.ANSWER
            : Fault.Kind.valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    Optional<KnownRefusal> known = refuses ? KnownRefusal.find(keys) : Optional.empty();
    boolean cuts = kind == Fault.Kind.CUT_REQUEST || kind == Fault.Kind.CUT_ANSWER;
    return new Fault.OfCall(
        kind,
        answers ? status(keys) : refuses ? refused(keys, known) : 0,
        answers ? keys.whole("retryAfterSeconds", Keys.Bounds.SECONDS) : Optional.empty(),
        refuses ? Optional.of(refusal(keys, known)) : Optional.empty(),
        cuts ? keys.needed("afterBytes", Keys.Bounds.BYTES) : 0,
        kind == Fault.Kind.DELAY ? delay(keys) : keys.seconds("delaySeconds"),
        word.startsWith("hold-") && keys.oneOf("then", Set.of("answer", "end")).equals("answer"));
  }

  /** In milliseconds where it stands for the way to a region and back. */
  private static Duration delay(Keys keys) throws BadFaults {
    return keys.has("delayMilliseconds")
        ? Duration.ofMillis(keys.needed("delayMilliseconds", Keys.Bounds.SECONDS))
        : needed(keys, "delaySeconds");
  }

  private static int refused(Keys keys, Optional<KnownRefusal> known) throws BadFaults {
    return known.isPresent() ? known.get().status() : (int) keys.needed("status", REFUSALS);
  }

  private static Fault.Refusal refusal(Keys keys, Optional<KnownRefusal> known) throws BadFaults {
    if (known.isPresent()) {
      return known.get().refusal();
    }
    return new Fault.Refusal(
        text(keys, "reason", "Google's reason, such as conditionNotMet"),
        text(keys, "message", "Google's sentence"));
  }

  private static String text(Keys keys, String key, String expected) throws BadFaults {
    Optional<String> text = keys.text(key);
    if (text.isEmpty()) {
      throw new BadFaults(keys.name(key), expected, "nothing");
    }
    return text.get();
  }

  private static int status(Keys keys) throws BadFaults {
    int status = (int) keys.needed("status", new Keys.Bounds(100, 599));
    if (!STATUSES.contains(status)) {
      throw new BadFaults(keys.name("status"), "one of " + STATUSES, Integer.toString(status));
    }
    return status;
  }

  private static Fault operation(Keys keys) throws BadFaults {
    boolean fails = keys.oneOf("do", Set.of("slow", "fail")).equals("fail");
    Optional<Duration> takes =
        fails && !keys.has("seconds") ? Optional.empty() : Optional.of(needed(keys, "seconds"));
    return new Fault.OfOperation(
        takes, fails ? Optional.of(FailureReader.read(keys)) : Optional.empty());
  }

  private static Fault creation(Keys keys) throws BadFaults {
    keys.oneOf("do", Set.of("fail"));
    return new Fault.OfCreation(FailureReader.read(keys));
  }

  private static Fault event(Keys keys) throws BadFaults {
    if (keys.oneOf("do", Set.of("duplicate", "late")).equals("late")) {
      return new Fault.OfEvent(0, 1, drawn(keys, "lateSeconds", true));
    }
    int copies = keys.whole("copies", COPIES).orElse(1L).intValue();
    Fault.Lateness late = drawn(keys, "lateSeconds", false);
    return late.most().isZero()
        ? new Fault.OfEvent(1 + copies, 0, late)
        : new Fault.OfEvent(1, copies, late);
  }

  private static Fault delivery(Keys keys) throws BadFaults {
    keys.oneOf("do", Set.of("unreachable"));
    return new Fault.Unreachable();
  }

  /** A number, or the two ends of what is drawn. */
  private static Fault.Lateness drawn(Keys keys, String key, boolean needed) throws BadFaults {
    if (keys.find(key).orElse(null) instanceof JsonArray ends && ends.size() == 2) {
      Duration least = end(keys, key, ends.get(0));
      Duration most = end(keys, key, ends.get(1));
      if (most.compareTo(least) < 0) {
        throw new BadFaults(keys.name(key), "the lesser of the two first", ends.toString());
      }
      return new Fault.Lateness(least, most);
    }
    Duration late = needed ? needed(keys, key) : keys.seconds(key);
    return new Fault.Lateness(late, late);
  }

  private static Duration end(Keys keys, String key, JsonElement value) throws BadFaults {
    return Duration.ofSeconds(Keys.whole(keys.name(key), value, Keys.Bounds.SECONDS));
  }

  private static Fault machine(Keys keys) throws BadFaults {
    String word = keys.oneOf("do", Set.of("never-healthy", "die", "preempt", "boot-slowly"));
    boolean ends = word.equals("die") || word.equals("preempt");
    return new Fault.OfMachine(
        !word.equals("never-healthy"),
        ends ? Optional.of(drawn(keys, "afterSeconds", true)) : Optional.empty(),
        word.equals("preempt"),
        word.equals("boot-slowly") ? needed(keys, "seconds") : Duration.ZERO);
  }

  private static Duration needed(Keys keys, String key) throws BadFaults {
    return Duration.ofSeconds(keys.needed(key, Keys.Bounds.SECONDS));
  }
}
