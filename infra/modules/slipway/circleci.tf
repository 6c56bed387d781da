# CircleCI's jobs come with a token of their own: no key is made that could leak.
resource "google_iam_workload_identity_pool" "circleci" {
  count = var.circleci == null ? 0 : 1

  project                   = var.project
  workload_identity_pool_id = "${var.name}-ci-${local.suffix}"
  display_name              = var.name
  depends_on                = [google_project_service.used]
}

resource "google_iam_workload_identity_pool_provider" "circleci" {
  count = var.circleci == null ? 0 : 1

  project                            = var.project
  workload_identity_pool_id          = google_iam_workload_identity_pool.circleci[0].workload_identity_pool_id
  workload_identity_pool_provider_id = "circleci"
  # The subject would be longer than Google takes for a long branch name; the project's id is not.
  attribute_mapping = {
    "google.subject"       = "assertion['oidc.circleci.com/project-id']"
    "attribute.project_id" = "assertion['oidc.circleci.com/project-id']"
  }
  # One project and one branch, and no job that somebody entered by SSH.
  attribute_condition = join(" && ", [
    "assertion['oidc.circleci.com/project-id'] == '${var.circleci.project}'",
    "assertion['oidc.circleci.com/vcs-ref'] == 'refs/heads/${var.circleci.branch}'",
    "!assertion['oidc.circleci.com/ssh-rerun']",
  ])

  oidc {
    issuer_uri        = "https://oidc.circleci.com/org/${var.circleci.organization}"
    allowed_audiences = [var.circleci.organization]
  }
}

locals {
  circleci_member = var.circleci == null ? null : format(
    "principalSet://iam.googleapis.com/%s/attribute.project_id/%s",
    google_iam_workload_identity_pool.circleci[0].name,
    var.circleci.project,
  )
}
