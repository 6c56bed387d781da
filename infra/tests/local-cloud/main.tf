# What the local cloud serves of infra/: a group with all that belongs to it, and the buckets. Applied,
# changed and destroyed there by TerraformApplyTest, with Google's own provider.
variable "endpoint" {
  description = "Where the local cloud is, such as http://localhost:8085."
  type        = string
}

variable "location" {
  description = "The group's zone or region."
  type        = string
}

variable "group" {
  description = "What is told of the group but its name and place."
  type = object({
    machine     = optional(any, {})
    health      = optional(any, {})
    autoscaling = optional(any, {})
    domain      = optional(string)
    alarms      = optional(any)
  })
  default = {}
}

terraform {
  required_providers {
    google = {
      source = "hashicorp/google"
    }
  }
}

provider "google" {
  project                    = "demo"
  access_token               = "local-owner"
  compute_custom_endpoint    = "${var.endpoint}/compute/v1/"
  storage_custom_endpoint    = "${var.endpoint}/storage/v1/"
  monitoring_custom_endpoint = "${var.endpoint}/"
}

module "group" {
  source = "../../modules/group"

  project     = "demo"
  name        = "terraformed"
  location    = var.location
  machine     = var.group.machine
  health      = var.group.health
  autoscaling = var.group.autoscaling
  domain      = var.group.domain
  alarms      = var.group.alarms
}

module "buckets" {
  source = "../../modules/slipway/buckets"

  project       = "demo"
  bucket        = "terraformed"
  region        = "us-west1"
  force_destroy = true
  labels        = { managed-by = "slipway" }
}

output "path" {
  description = "The group."
  value       = module.group.path
}

output "base_template" {
  description = "Of the group."
  value       = module.group.base_template
}

output "alarms" {
  description = "The alert policies on the group's balancer."
  value       = module.group.alarms
}

output "buckets" {
  description = "Their names."
  value       = module.buckets.names
}
