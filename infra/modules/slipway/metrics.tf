locals {
  # What every line of the function's log has in common.
  log = "resource.type=\"cloud_run_revision\" AND resource.labels.service_name=\"${var.name}\""
}

resource "google_logging_metric" "deployments" {
  project     = var.project
  name        = "slipway/${var.name}/deployments"
  description = "Deployments that ended, by target and outcome."
  filter      = "${local.log} AND jsonPayload.event=\"deployment.finished\""

  metric_descriptor {
    metric_kind = "DELTA"
    value_type  = "INT64"
    unit        = "1"

    dynamic "labels" {
      for_each = ["outcome", "target"]
      content {
        key        = labels.value
        value_type = "STRING"
      }
    }
  }

  label_extractors = {
    outcome = "EXTRACT(jsonPayload.outcome)"
    target  = "EXTRACT(jsonPayload.target)"
  }

  depends_on = [google_project_service.used]
}

resource "google_logging_metric" "seconds" {
  project         = var.project
  name            = "slipway/${var.name}/seconds"
  description     = "Seconds from the upload until every instance of its target serves it."
  filter          = "${local.log} AND jsonPayload.event=\"deployment.finished\" AND jsonPayload.outcome=\"deployed\""
  value_extractor = "EXTRACT(jsonPayload.seconds)"

  metric_descriptor {
    metric_kind = "DELTA"
    value_type  = "DISTRIBUTION"
    unit        = "s"
  }

  bucket_options {
    exponential_buckets {
      num_finite_buckets = 20
      growth_factor      = 1.5
      scale              = 15
    }
  }

  depends_on = [google_project_service.used]
}
