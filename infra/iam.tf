locals {
  roles = {
    for file in fileset("${path.module}/roles", "*.yaml") :
    trimsuffix(file, ".yaml") => yamldecode(file("${path.module}/roles/${file}"))
  }
  bindings = yamldecode(file("${path.module}/bindings.yaml"))
  members = {
    function = google_service_account.function.member
    ci       = local.circleci_member
  }

  # One grant each, by a name that says it.
  grants = {
    for one in local.bindings : "${one.member} ${one.role} ${one.where}" => merge(one, {
      role = contains(keys(local.roles), one.role) ? google_project_iam_custom_role.slipway[one.role].id : one.role
    })
  }
}

resource "google_project_iam_custom_role" "slipway" {
  for_each = local.roles

  # A project may hold Slipway twice, under two names.
  role_id     = "${each.key}_${replace(var.name, "-", "_")}"
  title       = "${each.value.title} (${var.name})"
  description = each.value.description
  stage       = each.value.stage
  permissions = each.value.includedPermissions
}

resource "google_project_iam_member" "function" {
  for_each = { for name, one in local.grants : name => one if one.member == "function" && one.where == "project" }

  project = var.project
  role    = each.value.role
  member  = local.members.function
}

resource "google_storage_bucket_iam_member" "function" {
  for_each = { for name, one in local.grants : name => one if one.member == "function" && one.where != "project" }

  bucket = google_storage_bucket.slipway[each.value.where].name
  role   = each.value.role
  member = local.members.function
}

resource "google_storage_bucket_iam_member" "ci" {
  for_each = { for name, one in local.grants : name => one if one.member == "ci" && var.circleci != null }

  bucket = google_storage_bucket.slipway[each.value.where].name
  role   = each.value.role
  member = local.members.ci
}

# Eventarc receives for the trigger; Cloud Storage publishes to the topic that Eventarc reads.
resource "google_project_iam_member" "events" {
  for_each = {
    receive = { role = "roles/eventarc.eventReceiver", member = google_service_account.trigger.member }
    publish = { role = "roles/pubsub.publisher", member = "serviceAccount:${data.google_storage_project_service_account.storage.email_address}" }
  }

  project = var.project
  role    = each.value.role
  member  = each.value.member
}

resource "google_project_iam_member" "build" {
  for_each = toset(["roles/logging.logWriter", "roles/artifactregistry.writer", "roles/storage.objectViewer"])

  project = var.project
  role    = each.key
  member  = google_service_account.build.member
}
