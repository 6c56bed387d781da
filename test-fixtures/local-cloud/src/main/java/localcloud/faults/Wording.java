package localcloud.faults;

import com.google.cloud.compute.v1.ErrorDetails;
import com.google.cloud.compute.v1.Errors;
import com.google.cloud.compute.v1.QuotaExceededInfo;
import localcloud.world.places.Scope;
import localcloud.world.refusals.OperationFailed;

/** Puts the place where it strikes into a failure's words. */
record Wording(String project, Scope scope) {

  OperationFailed of(Fault.Failure failure) {
    Errors.Builder error =
        failure.error().toBuilder().setMessage(filled(failure.error().getMessage()));
    for (ErrorDetails.Builder detail : error.getErrorDetailsBuilderList()) {
      if (detail.hasQuotaInfo()) {
        QuotaExceededInfo.Builder quota = detail.getQuotaInfoBuilder();
        quota.setLimitName(filled(quota.getLimitName()));
        if (!isGlobal()) {
          quota.putDimensions("region", region());
        }
      }
    }
    return new OperationFailed(error.build(), failure.status());
  }

  private String filled(String text) {
    return text.replace("{project}", project)
        .replace("{zone}", scope.name())
        .replace("{inWhere}", isGlobal() ? "globally" : "in region " + region())
        .replace("{where}", isGlobal() ? "global" : "region");
  }

  private boolean isGlobal() {
    return scope.equals(Scope.GLOBAL);
  }

  /** A zone's name is its region's and a letter. */
  private String region() {
    return scope.path().startsWith("zones/")
        ? scope.name().replaceFirst("-[a-z]$", "")
        : scope.name();
  }
}
