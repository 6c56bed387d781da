package localcloud.faults;

import java.util.regex.Pattern;

/** A pattern in which an asterisk stands for anything, slashes included. */
record Glob(String text, Pattern pattern) {
  static Glob of(String text) {
    StringBuilder regex = new StringBuilder();
    for (String part : text.split("(?<=\\*)|(?=\\*)", -1)) {
      regex.append(part.equals("*") ? ".*" : Pattern.quote(part));
    }
    return new Glob(text, Pattern.compile(regex.toString(), Pattern.DOTALL));
  }

  boolean matches(String value) {
    return pattern.matcher(value).matches();
  }
}
