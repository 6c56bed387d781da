package page;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Why a part of the page cannot be read, told to whoever looks at it.
 *
 * <p>Refusals name the permission in quotes or after the word, and Cloud Storage who lacks it:
 * spaceml-org/STARCOP#6, fortinet/fortigate-terraform-deploy#153, dynatrace-gcp-monitor#25.
 */
final class Trouble extends IOException {
  private static final long serialVersionUID = 1L;
  private static final Pattern PERMISSION =
      Pattern.compile("(?:[Pp]ermission|Required) '?([a-z]+(?:\\.[A-Za-z]+){2})");
  private static final Pattern WHO = Pattern.compile("^(\\S+@\\S+) does not have ");

  /** The source that {@code trouble/token} stands for, whichever asked. */
  static final String TOKEN = "token";

  private final String source;
  private final String permission;
  private final String who;

  private Trouble(String source, String what, String permission, String who) {
    super(what);
    this.source = source;
    this.permission = permission;
    this.who = who;
  }

  /** Of whoever asks. */
  static Trouble of(String what) {
    return new Trouble("", what, "", "");
  }

  /** There is no token, or it is taken for none. */
  static Trouble ofToken(String what, String who) {
    return new Trouble(TOKEN, what, "", who);
  }

  /**
   * A 403.
   *
   * @param sentence Google's
   * @param asked what Google's reference says is needed, for when the sentence does not tell
   * @param account who asked, for when the sentence does not tell
   */
  static Trouble refused(String sentence, String asked, String account) {
    Matcher permission = PERMISSION.matcher(sentence);
    Matcher who = WHO.matcher(sentence);
    String needed = permission.find() ? permission.group(1) : asked;
    String lacking = who.find() ? who.group(1) : account;
    String what =
        (lacking.isEmpty() ? "You" : lacking) + " may not read this: " + needed + " is missing.";
    return new Trouble("", what, needed, lacking);
  }

  /** Which source's cell tells it, if this one asked. */
  String source(String asking) {
    return source.isEmpty() ? asking : source;
  }

  JsonObject cell(Instant since) {
    JsonObject cell = new JsonObject();
    cell.addProperty("what", getMessage());
    cell.addProperty("permission", permission);
    cell.addProperty("who", who);
    cell.addProperty("since", since.toString());
    return cell;
  }
}
