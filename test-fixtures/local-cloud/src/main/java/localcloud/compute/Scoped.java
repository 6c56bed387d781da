package localcloud.compute;

import com.google.cloud.compute.v1.Data;
import com.google.cloud.compute.v1.Warning;

/** What an aggregated list says of a place with nothing in it. */
final class Scoped {
  private Scoped() {}

  static Warning empty(String scope) {
    return Warning.newBuilder()
        .setCode("NO_RESULTS_ON_PAGE")
        .setMessage("There are no results for scope '" + scope + "' on this page.")
        .addData(Data.newBuilder().setKey("scope").setValue(scope))
        .build();
  }
}
