locals {
  # Concurrency is 1, so each deployment under way needs an instance, and an overtaking upload
  # another: twice the targets.
  instances = 2
}

# The platform takes a zip; the one jar in it is the one that was tested, not a rebuild.
data "archive_file" "function" {
  type        = "zip"
  source_file = "${path.module}/${var.function.jar}"
  output_path = "${path.module}/.build/slipway.zip"
}

resource "google_storage_bucket" "source" {
  name                        = "${var.bucket}-function"
  location                    = local.region
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"
  force_destroy               = true

  depends_on = [google_project_service.used]
}

resource "google_storage_bucket_object" "source" {
  # Another name for another jar: that is how the function learns that it must be deployed again.
  name   = "slipway-${data.archive_file.function.output_sha256}.zip"
  bucket = google_storage_bucket.source.name
  source = data.archive_file.function.output_path
}

resource "google_cloudfunctions2_function" "slipway" {
  name        = var.name
  location    = local.region
  description = "Rolls what is uploaded to ${var.bucket} over the group ${var.name}."

  build_config {
    runtime         = var.function.runtime
    entry_point     = "slipway.DeployFunction"
    service_account = google_service_account.build.id

    source {
      storage_source {
        bucket = google_storage_bucket.source.name
        object = google_storage_bucket_object.source.name
      }
    }
  }

  service_config {
    # The largest disk that a call may prove is read whole within it.
    available_memory                 = "1Gi"
    available_cpu                    = "2"
    timeout_seconds                  = 540
    min_instance_count               = 0
    max_instance_count               = local.instances
    max_instance_request_concurrency = 1
    ingress_settings                 = "ALLOW_INTERNAL_ONLY"
    service_account_email            = google_service_account.function.email
    environment_variables            = merge(module.settings.environment, { CALL_SECONDS = "540" })
  }

  event_trigger {
    event_type            = "google.cloud.storage.object.v1.finalized"
    trigger_region        = local.region
    retry_policy          = "RETRY_POLICY_RETRY"
    service_account_email = google_service_account.trigger.email

    event_filters {
      attribute = "bucket"
      value     = google_storage_bucket.slipway["uploads"].name
    }
  }

  depends_on = [
    google_project_iam_member.build,
    google_project_iam_member.events,
    google_project_iam_member.function,
    google_storage_bucket_iam_member.function,
  ]
}

resource "google_cloud_run_v2_service_iam_member" "trigger" {
  name     = google_cloudfunctions2_function.slipway.name
  location = local.region
  role     = "roles/run.invoker"
  member   = google_service_account.trigger.member
}
