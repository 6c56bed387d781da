# Looks each minute after deployments that soak, wait or lost their events: writing this object is the event.
resource "google_cloud_scheduler_job" "sweep" {
  project     = var.project
  name        = "${var.name}-sweep"
  region      = var.region
  description = "Lets Slipway take up deployments that nobody works on."
  schedule    = "* * * * *"
  time_zone   = "Etc/UTC"

  http_target {
    http_method = "POST"
    uri         = "https://storage.googleapis.com/upload/storage/v1/b/${module.buckets.names["uploads"]}/o?uploadType=media&name=handoff/sweep"
    body        = base64encode("sweep")

    oauth_token {
      service_account_email = google_service_account.slipway["sweep"].email
    }
  }

  depends_on = [google_storage_bucket_iam_member.sweep]
}

# It is written over and over, which takes the right to delete; only this object, and no other.
resource "google_storage_bucket_iam_member" "sweep" {
  bucket = module.buckets.names["uploads"]
  role   = "roles/storage.objectUser"
  member = google_service_account.slipway["sweep"].member

  condition {
    title      = "only-the-sweep"
    expression = "resource.name == 'projects/_/buckets/${module.buckets.names["uploads"]}/objects/handoff/sweep'"
  }
}
