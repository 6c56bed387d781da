locals {
  regional = can(regex("[0-9]$", var.location))
  region   = local.regional ? var.location : replace(var.location, "/-[a-z]$/", "")
  # A regional group's surge must be 0 or at least the number of its zones.
  first_surge = local.regional ? var.zones : 1
  # The two kinds of group differ in their resource alone.
  group = one(concat(
    google_compute_instance_group_manager.zonal[*],
    google_compute_region_instance_group_manager.regional[*],
  ))
}

module "settings" {
  source = "./settings"

  project       = var.project
  name          = var.name
  bucket        = var.bucket
  location      = var.location
  rollout       = var.rollout
  zones         = var.zones
  base_template = google_compute_instance_template.machine.id
}
