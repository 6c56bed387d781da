package slipway.verdict;

/**
 * What is to be thought of a rollout at one moment.
 *
 * @param answer one of four
 * @param code the stable reason for machines
 * @param message a sentence for people
 * @param isOfTheDisk whether the same bytes would fail again: instances failed at two places, or
 *     twice at one, while the old ones were well
 */
public record Verdict(Answer answer, Code code, String message, boolean isOfTheDisk) {
  /** That is not the disk's fault. */
  public Verdict(Answer answer, Code code, String message) {
    this(answer, code, message, false);
  }

  /** The four answers. */
  public enum Answer {
    /** Look again later. */
    STILL_GOING,
    /** The new version serves everywhere, and has held. */
    GOOD,
    /** The new version does not come up. */
    BAD,
    /** Time is over and the health could not be read: a person must look. */
    CANNOT_TELL
  }

  /** The reasons, as they stand in the record. */
  public enum Code {
    /** Instances are being replaced. */
    ROLLING("rolling"),
    /** All are new and healthy; they must hold for the soak. */
    SOAKING("soaking"),
    /** They held. */
    HEALTHY("healthy"),
    /** No progress for the target's progress deadline, or the total limit is over. */
    DEADLINE("deadline"),
    /** The same, and new instances fail their health check. */
    UNHEALTHY("unhealthy"),
    /** New instances come up, die or fail, and are made anew again and again. */
    CRASH_LOOP("crash-loop"),
    /** An alert policy of the target's opened an alert that tells of the new version. */
    ALARM("alarm"),
    /** No progress, since a quota allows no more instances. */
    QUOTA("quota"),
    /** No progress, since the zone has no room for more instances. */
    STOCK_OUT("stock-out"),
    /** No progress, and the new instances do no worse than the old ones beside them. */
    OLD_UNHEALTHY("old-unhealthy"),
    /** No progress, and no new instance's health is known. */
    CANNOT_TELL("cannot-tell"),
    /** The group has no instances, so that there was nothing to see. */
    UNSEEN("unseen");

    private final String text;

    Code(String text) {
      this.text = text;
    }

    /** In lower case with hyphens. */
    @Override
    public String toString() {
      return text;
    }
  }

  public boolean isGood() {
    return answer == Answer.GOOD;
  }

  /** Whether it is decided. */
  public boolean isFinal() {
    return answer != Answer.STILL_GOING;
  }
}
