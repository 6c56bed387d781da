# What the function reads from its environment, by its own names. It needs no provider, so that it can
# be computed, and read by the function itself, without an account.
locals {
  regional = can(regex("[0-9]$", var.location))
  group    = "projects/${var.project}/${local.regional ? "regions" : "zones"}/${var.location}/instanceGroupManagers/${var.name}"

  # Compute Engine refuses a regional group's surge between 0 and the number of its zones, and the
  # function's default is 1.
  default_surge = local.regional ? tostring(var.zones) : null

  target = {
    prefix                  = "${var.name}-"
    groups                  = [local.group]
    baseTemplate            = var.base_template
    maxSurge                = var.rollout.max_surge == null ? local.default_surge : var.rollout.max_surge
    maxUnavailable          = var.rollout.max_unavailable
    soakSeconds             = var.rollout.soak_seconds
    canary                  = var.rollout.canary == null ? null : { size = var.rollout.canary.size, soakSeconds = var.rollout.canary.soak_seconds }
    progressDeadlineSeconds = var.rollout.progress_deadline_seconds
    totalDeadlineSeconds    = var.rollout.total_deadline_seconds
    keep                    = var.rollout.keep
    maxDiskGib              = var.rollout.max_disk_gib
    signingKeys             = var.rollout.signing_keys
  }
}

output "environment" {
  description = "The function's environment variables."
  value = {
    PROJECT        = var.project
    UPLOADS_BUCKET = var.bucket
    RECORDS_BUCKET = "${var.bucket}-records"
    PRIVATE_BUCKET = "${var.bucket}-private"
    TARGETS        = jsonencode({ (var.name) = { for key, value in local.target : key => value if value != null } })
  }
}
