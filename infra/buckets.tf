locals {
  # What each bucket keeps, in days: an upload until long after it serves; records for a year of
  # audits; private copies only while an image is made, consoles for as long as anybody asks.
  buckets = {
    uploads = { name = var.bucket, days = 90 }
    records = { name = module.settings.environment.RECORDS_BUCKET, days = 365 }
    private = { name = module.settings.environment.PRIVATE_BUCKET, days = null }
  }
}

# In one bucket an uploader could forge a record, or swap what was proven.
resource "google_storage_bucket" "slipway" {
  for_each = local.buckets

  name                        = each.value.name
  location                    = local.region
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"
  # terraform destroy must not take a tarball along: README tells how to empty a bucket on purpose.
  force_destroy = false

  soft_delete_policy {
    retention_duration_seconds = 604800
  }

  dynamic "lifecycle_rule" {
    for_each = each.value.days[*]
    content {
      action {
        type = "Delete"
      }
      condition {
        age = lifecycle_rule.value
      }
    }
  }

  # The state of targets and open deployments is the function's own to clear away.
  dynamic "lifecycle_rule" {
    for_each = each.key == "private" ? ["proven/", "consoles/"] : []
    content {
      action {
        type = "Delete"
      }
      condition {
        age            = 30
        matches_prefix = [lifecycle_rule.value]
      }
    }
  }

  depends_on = [google_project_service.used]
}
