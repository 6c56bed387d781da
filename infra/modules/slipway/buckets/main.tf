# The buckets alone, so that tests can make them where there is nothing but Cloud Storage.
variable "project" {
  description = "The Google Cloud project's id."
  type        = string
}

variable "bucket" {
  description = "The bucket of the uploads, and the start of the others' names."
  type        = string
}

variable "region" {
  description = "Where they are."
  type        = string
}

variable "kms_key" {
  description = "The key that encrypts them; null for Google's own."
  type        = string
  default     = null
}

variable "force_destroy" {
  description = "Whether destroying them deletes what is in them."
  type        = bool
  default     = false
}

variable "labels" {
  description = "Their labels."
  type        = map(string)
  default     = {}
}

locals {
  # What each keeps, in days, by the start of the objects' names: an upload until long after it serves;
  # records for a year of audits; private copies only while an image is made, consoles for as long as
  # anybody asks. The state of targets and open deployments is the function's own to clear away.
  buckets = {
    uploads  = { suffix = "", days = { "" = 90 } }
    records  = { suffix = "-records", days = { "" = 365 } }
    private  = { suffix = "-private", days = { "proven/" = 30, "consoles/" = 30 } }
    function = { suffix = "-function", days = {} }
  }
}

# In one bucket an uploader could forge a record, or swap what was proven.
resource "google_storage_bucket" "slipway" {
  for_each = local.buckets

  project                     = var.project
  name                        = "${var.bucket}${each.value.suffix}"
  location                    = var.region
  labels                      = var.labels
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"
  # Nothing is lost by a destroy that was not meant; the function's jar alone is made again.
  force_destroy = var.force_destroy || each.key == "function"

  soft_delete_policy {
    retention_duration_seconds = 604800
  }

  dynamic "encryption" {
    for_each = var.kms_key[*]
    content {
      default_kms_key_name = encryption.value
    }
  }

  dynamic "lifecycle_rule" {
    for_each = each.value.days
    content {
      action {
        type = "Delete"
      }
      condition {
        age            = lifecycle_rule.value
        matches_prefix = compact([lifecycle_rule.key])
      }
    }
  }
}

output "names" {
  description = "Their names by what they are for: uploads, records, private, function."
  value       = { for key, bucket in google_storage_bucket.slipway : key => bucket.name }
}
