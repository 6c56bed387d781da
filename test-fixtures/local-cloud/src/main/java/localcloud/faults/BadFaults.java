package localcloud.faults;

/** A description of faults that says what cannot be; the message names the key. */
public final class BadFaults extends Exception {
  private static final long serialVersionUID = 1L;

  BadFaults(String key, String expected, String found) {
    super(key + ": expected " + expected + ", found " + found);
  }

  /** Key, expected and found in one sentence. */
  public String sentence() {
    return String.valueOf(getMessage());
  }
}
