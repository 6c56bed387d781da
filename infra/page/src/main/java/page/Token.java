package page;

import java.io.IOException;

/** As whom the page asks. */
public interface Token {
  /**
   * The bearer token, which may run out at any time.
   *
   * @throws IOException if there is none, in a sentence for people
   */
  String value() throws IOException, InterruptedException;

  /** Makes the next {@link #value} another one: this one was taken for none. */
  void renew();

  /** Whose it is; empty if that is not known. */
  String account();

  /** One that never changes. */
  static Token fixed(String value, String account) {
    return new Token() {
      @Override
      public String value() {
        return value;
      }

      @Override
      public void renew() {}

      @Override
      public String account() {
        return account;
      }
    };
  }
}
