package slipway.record;

import com.google.gson.annotations.SerializedName;
import java.util.Locale;

/** How far a deployment has come; it only ever moves down this list. */
public enum Stage {
  /** The event was seen. */
  @SerializedName("received")
  RECEIVED,
  /** The tarball was read to its end and nothing is wrong with it. */
  @SerializedName("proven")
  PROVEN,
  /** The image is READY. */
  @SerializedName("image-ready")
  IMAGE_READY,
  /** The template is made. */
  @SerializedName("template-ready")
  TEMPLATE_READY,
  /** A group was patched and replaces its instances. */
  @SerializedName("rolling")
  ROLLING,
  /** All instances are new and healthy, and must hold for the soak. */
  @SerializedName("soaking")
  SOAKING,
  /** The old version is being put back. */
  @SerializedName("rolling-back")
  ROLLING_BACK,
  /** End: the new version serves everywhere. */
  @SerializedName("deployed")
  DEPLOYED,
  /** End: the uploader must mend the upload. */
  @SerializedName("rejected")
  REJECTED,
  /** End: the old version serves everywhere again. */
  @SerializedName("rolled-back")
  ROLLED_BACK,
  /** End: the new version is bad and was not put back; a person must act. */
  @SerializedName("rollback-failed")
  ROLLBACK_FAILED,
  /** End: a later upload or a person put something else into the group. */
  @SerializedName("superseded")
  SUPERSEDED,
  /** End: the operator must mend the settings or the group. */
  @SerializedName("misconfigured")
  MISCONFIGURED,
  /** End: the record says what would be done, and nothing was changed. */
  @SerializedName("planned")
  PLANNED;

  /** As the record has it, in lower case with hyphens. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether nothing follows. */
  public boolean isTerminal() {
    return compareTo(DEPLOYED) >= 0;
  }
}
