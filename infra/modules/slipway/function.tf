# The platform takes a zip; the one jar in it is the one that was tested, not a rebuild.
data "archive_file" "function" {
  type        = "zip"
  source_file = coalesce(var.function.jar, "${local.infra}/../function/target/deployment/slipway.jar")
  output_path = "${path.root}/.build/${var.name}.zip"
}

resource "google_storage_bucket_object" "function" {
  # Another name for another jar: that is how the function learns that it must be deployed again.
  name   = "slipway-${data.archive_file.function.output_sha256}.zip"
  bucket = module.buckets.names["function"]
  source = data.archive_file.function.output_path
}

locals {
  # A cold start is CPU time: what is called a few thousand times is not compiled a second time. Loops are, so
  # that a proof takes no longer. Where this variable is set, the platform's launcher leaves the heap to us: 70 %
  # of the memory, as it would say.
  java_options = "-XX:MaxRAM=1024m -XX:MaxRAMPercentage=70 -XX:+IgnoreUnrecognizedVMOptions -XX:Tier4InvocationThreshold=50000 -XX:Tier4MinInvocationThreshold=20000 -XX:Tier4CompileThreshold=100000"
}

resource "google_cloudfunctions2_function" "slipway" {
  project     = var.project
  name        = var.name
  location    = var.region
  description = "Rolls what is uploaded to ${var.bucket} over the groups of ${join(", ", keys(local.targets))}."
  labels      = var.labels

  build_config {
    runtime         = var.function.runtime
    entry_point     = "slipway.DeployFunction"
    service_account = google_service_account.slipway["build"].id

    source {
      storage_source {
        bucket = module.buckets.names["function"]
        object = google_storage_bucket_object.function.name
      }
    }
  }

  service_config {
    # The largest disk that a call may prove is read whole within it. java_options names it too.
    available_memory   = "1Gi"
    available_cpu      = "2"
    timeout_seconds    = tonumber(local.environment.CALL_SECONDS)
    min_instance_count = 0
    # One call at a time for each: a target's deployment, one that overtakes it, and the sweep.
    max_instance_count               = 2 * length(local.targets) + 1
    max_instance_request_concurrency = 1
    ingress_settings                 = "ALLOW_INTERNAL_ONLY"
    service_account_email            = google_service_account.slipway["fn"].email
    environment_variables            = merge(local.environment, { JAVA_TOOL_OPTIONS = local.java_options })
  }

  event_trigger {
    event_type            = "google.cloud.storage.object.v1.finalized"
    trigger_region        = var.region
    retry_policy          = "RETRY_POLICY_RETRY"
    service_account_email = google_service_account.slipway["event"].email

    event_filters {
      attribute = "bucket"
      value     = module.buckets.names["uploads"]
    }
  }

  depends_on = [time_sleep.grants]
}

resource "google_cloud_run_v2_service_iam_member" "trigger" {
  project  = var.project
  name     = google_cloudfunctions2_function.slipway.name
  location = var.region
  role     = "roles/run.invoker"
  member   = google_service_account.slipway["event"].member
}
