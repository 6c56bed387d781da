package page;

import page.Settings.Buckets;

/**
 * The commands by which people order something of a target: {@code infra/slipway} of this
 * repository where the buckets have the names that it expects, and otherwise gcloud's own.
 */
record Orders(String target, Buckets buckets) {
  String hold() {
    return command("hold " + target + " 'why'", "echo 'why'", "hold");
  }

  String release() {
    return isUsual()
        ? program() + "release " + target
        : "gcloud storage rm gs://" + buckets.proven() + "/orders/" + target + "/hold";
  }

  String approve(String sha256) {
    return command("approve " + target + " " + sha256, "printf " + sha256, "approval");
  }

  String abort(String deployment) {
    return command("abort " + target + " " + deployment, "printf " + deployment, "abort");
  }

  String rollBack(String deployment) {
    return command("roll-back " + target + " " + deployment, "printf " + deployment, "roll-back");
  }

  private String command(String words, String content, String order) {
    return isUsual()
        ? program() + words
        : content
            + (" | gcloud storage cp - gs://" + buckets.proven())
            + ("/orders/" + target + "/" + order);
  }

  private String program() {
    return "SLIPWAY_BUCKET=" + buckets.uploads() + " infra/slipway ";
  }

  private boolean isUsual() {
    return buckets.equals(Buckets.after(buckets.uploads()));
  }
}
