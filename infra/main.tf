locals {
  regional = can(regex("[0-9]$", var.location))
  region   = replace(var.location, "/-[a-z]$/", "")
  bucket   = coalesce(var.bucket, "${var.project}-${var.name}")
}

# A group of machines that serves, with its checks, balancer and autoscaler.
module "group" {
  source = "./modules/group"

  project          = var.project
  name             = var.name
  location         = var.location
  machine          = var.machine
  health           = var.health
  autoscaling      = var.autoscaling
  draining_seconds = var.draining_seconds
  domain           = var.domain
  alarms           = var.alarms
  labels           = var.labels
}

# The function that rolls what is uploaded over that group.
module "slipway" {
  source = "./modules/slipway"

  project               = var.project
  name                  = var.name
  region                = local.region
  bucket                = local.bucket
  alert_emails          = var.alert_emails
  notification_channels = var.notification_channels
  published             = var.published
  circleci              = var.circleci
  operators             = var.operators
  viewers               = var.viewers
  kms_key               = var.kms_key
  audit_objects         = var.audit_objects
  labels                = var.labels

  targets = {
    (var.name) = merge(
      {
        prefix       = "${var.name}-"
        groups       = [module.group.path]
        baseTemplate = module.group.base_template
        # Compute Engine refuses a regional group's surge between 0 and the number of its zones, three
        # unless it was told otherwise, and the function's default is 1.
        maxSurge = local.regional ? "3" : "1"
        alarms   = module.group.alarms
      },
      var.rollout,
    )
  }

  machine_service_accounts = compact([try(var.machine.service_account.email, "")])
  # A network of this project is the project's own to use.
  shared_subnetworks = [for one in compact([try(var.machine.subnetwork, "")]) : one if !startswith(one, "projects/${var.project}/")]
  force_destroy      = var.force_destroy
}
