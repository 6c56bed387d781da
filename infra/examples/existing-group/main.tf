# Slipway around a group that exists already: nothing of the group is made, changed or owned here but its
# versions, which the function rolls.
variable "project" {
  description = "The project of the group, where Slipway is made too."
  type        = string
}

variable "group" {
  description = "The group, as `gcloud compute instance-groups managed list --uri` names it, from projects/ on."
  type        = string
}

variable "region" {
  description = "Where function and buckets are made: best the group's."
  type        = string
}

variable "alert_emails" {
  description = "Who is told by e-mail when somebody must act."
  type        = set(string)
}

provider "google" {
  project = var.project
}

provider "google-beta" {
  project = var.project
}

module "slipway" {
  source = "../../modules/slipway"

  project      = var.project
  region       = var.region
  bucket       = "${var.project}-uploads"
  alert_emails = var.alert_emails
  targets      = { site = { prefix = "site-", groups = [var.group] } }
}

output "slipway" {
  description = "The function's settings, and the commands that deploy and show what happens."
  value       = module.slipway
}
