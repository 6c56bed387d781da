locals {
  infra = "${path.module}/../.."
  roles = {
    for file in fileset("${local.infra}/roles", "*.yaml") :
    trimsuffix(file, ".yaml") => yamldecode(file("${local.infra}/roles/${file}"))
  }
  members = merge(
    { function = google_service_account.slipway["fn"].member },
    var.circleci == null ? {} : { ci = local.circleci_member },
    { for one in setunion(var.operators, var.viewers) : one => one },
  )

  # One grant each, by a name that says it; what an operator or a viewer may, each of them may.
  grants = merge([
    for one in yamldecode(file("${local.infra}/bindings.yaml")) : {
      for member in keys(local.members) : join(" ", concat([member, one.role, one.where], try([one.only], []))) => merge(
        { except = null, only = null },
        one,
        {
          member = member
          role   = contains(keys(local.roles), one.role) ? google_project_iam_custom_role.slipway[one.role].id : one.role
        },
      ) if one.member == member || one.member == "operator" && contains(var.operators, member) || one.member == "viewer" && contains(var.viewers, member)
    }
  ]...)
}

# Deleted roles and identity pools keep their names for a month and more, and two Slipways may live in one
# project: each has four letters of its own.
resource "terraform_data" "suffix" {}

locals {
  suffix = substr(terraform_data.suffix.id, 0, 4)
}

resource "google_project_iam_custom_role" "slipway" {
  for_each = local.roles

  project     = var.project
  role_id     = "${each.key}_${local.suffix}"
  title       = "${each.value.title} (${var.name})"
  description = each.value.description
  stage       = each.value.stage
  permissions = each.value.includedPermissions
  depends_on  = [google_project_service.used]
}

resource "google_project_iam_member" "granted" {
  for_each = { for name, one in local.grants : name => one if one.where == "project" }

  project = var.project
  role    = each.value.role
  member  = local.members[each.value.member]
}

resource "google_storage_bucket_iam_member" "granted" {
  for_each = { for name, one in local.grants : name => one if one.where != "project" }

  bucket = module.buckets.names[each.value.where]
  role   = each.value.role
  member = local.members[each.value.member]

  dynamic "condition" {
    for_each = each.value.except[*]
    content {
      title      = "except"
      expression = "!resource.name.startsWith('projects/_/buckets/${module.buckets.names[each.value.where]}/objects/${condition.value}')"
    }
  }

  dynamic "condition" {
    for_each = each.value.only[*]
    content {
      title      = "only"
      expression = "resource.name.startsWith('projects/_/buckets/${module.buckets.names[each.value.where]}/objects/${condition.value}')"
    }
  }
}

# Who hands a group a template acts as the service account that the template names.
resource "google_service_account_iam_member" "machine" {
  for_each = var.machine_service_accounts

  service_account_id = "projects/-/serviceAccounts/${each.key}"
  role               = "roles/iam.serviceAccountUser"
  member             = local.members.function
}

# Machines in a network that another project shares.
resource "google_compute_subnetwork_iam_member" "shared" {
  for_each = var.shared_subnetworks

  subnetwork = each.key
  role       = "roles/compute.networkUser"
  member     = local.members.function
}

resource "google_project_iam_member" "trigger" {
  project = var.project
  role    = "roles/eventarc.eventReceiver"
  member  = google_service_account.slipway["event"].member
}

resource "google_project_iam_member" "build" {
  for_each = toset(["roles/logging.logWriter", "roles/artifactregistry.writer", "roles/storage.objectViewer"])

  project = var.project
  role    = each.key
  member  = google_service_account.slipway["build"].member
}

# Buckets, and images and disks, are encrypted in the name of Google's agents.
resource "google_kms_crypto_key_iam_member" "agent" {
  for_each = var.kms_key == null ? toset([]) : toset(["compute", "storage"])

  crypto_key_id = var.kms_key
  role          = "roles/cloudkms.cryptoKeyEncrypterDecrypter"
  member        = local.agents[each.key]
}

# An image may have a key of its own.
resource "google_kms_crypto_key_iam_member" "image" {
  for_each = setsubtract(local.image_kms_keys, var.kms_key[*])

  crypto_key_id = each.key
  role          = "roles/cloudkms.cryptoKeyEncrypterDecrypter"
  member        = local.agents.compute
}
