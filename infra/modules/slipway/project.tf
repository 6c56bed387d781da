# What a project has once, however many Slipways it holds. var.set_up_project says whose it is.
data "google_project" "this" {
  project_id = var.project
}

# They stay on when this is destroyed: others may use them.
resource "google_project_service" "used" {
  for_each = toset([
    "artifactregistry.googleapis.com",
    "cloudbuild.googleapis.com",
    "cloudfunctions.googleapis.com",
    "cloudscheduler.googleapis.com",
    "compute.googleapis.com",
    "eventarc.googleapis.com",
    "iam.googleapis.com",
    "iamcredentials.googleapis.com",
    "logging.googleapis.com",
    "monitoring.googleapis.com",
    "pubsub.googleapis.com",
    "run.googleapis.com",
    "storage.googleapis.com",
    "sts.googleapis.com",
  ])

  project            = var.project
  service            = each.key
  disable_on_destroy = false
}

# Google makes its agents when they are first needed, which is too late for what is made here
# ("Permission denied while using the Eventarc Service Agent", hashicorp/terraform-provider-google#25294):
# asking for them makes them.
resource "google_project_service_identity" "agent" {
  for_each = toset(["eventarc.googleapis.com", "pubsub.googleapis.com"])
  provider = google-beta

  project    = var.project
  service    = each.key
  depends_on = [google_project_service.used]
}

# Asking for this one makes it too.
data "google_storage_project_service_account" "agent" {
  project    = var.project
  depends_on = [google_project_service.used]
}

locals {
  agents = {
    compute  = "serviceAccount:service-${data.google_project.this.number}@compute-system.iam.gserviceaccount.com"
    eventarc = google_project_service_identity.agent["eventarc.googleapis.com"].member
    pubsub   = google_project_service_identity.agent["pubsub.googleapis.com"].member
    storage  = "serviceAccount:${data.google_storage_project_service_account.agent.email_address}"
  }

  agent_roles = {
    # Reads the bucket that it is to watch, and makes the subscription.
    eventarc = "roles/eventarc.serviceAgent"
    # Signs what it delivers in the trigger's name; projects from before April 2021 lack it.
    pubsub = "roles/iam.serviceAccountTokenCreator"
    # Publishes to the topic that Eventarc reads.
    storage = "roles/pubsub.publisher"
  }
}

resource "google_project_iam_member" "agent" {
  for_each = var.set_up_project ? local.agent_roles : {}

  project = var.project
  role    = each.value
  member  = local.agents[each.key]
}

# A grant holds a minute or two after it was made; the provider's own sample for functions waits so long.
resource "time_sleep" "grants" {
  create_duration = "90s"
  triggers        = { for name, one in google_project_iam_member.build : name => one.id }

  depends_on = [
    google_project_iam_member.agent,
    google_project_iam_member.trigger,
    google_project_iam_member.granted,
    google_storage_bucket_iam_member.granted,
    google_kms_crypto_key_iam_member.agent,
    google_kms_crypto_key_iam_member.image,
  ]
}

# Who read and wrote objects, of all of the project's buckets: Google knows no smaller switch.
resource "google_project_iam_audit_config" "storage" {
  count = var.audit_objects ? 1 : 0

  project    = var.project
  service    = "storage.googleapis.com"
  depends_on = [google_project_service.used]

  dynamic "audit_log_config" {
    for_each = ["DATA_READ", "DATA_WRITE"]
    content {
      log_type = audit_log_config.value
    }
  }
}
