locals {
  regional = can(regex("[0-9]$", var.location))
  # The two kinds of group differ in their resource alone.
  group = one(concat(
    google_compute_instance_group_manager.zonal[*],
    google_compute_region_instance_group_manager.regional[*],
  ))
}

resource "google_compute_instance_group_manager" "zonal" {
  count = local.regional ? 0 : 1

  project            = var.project
  name               = var.name
  zone               = var.location
  base_instance_name = var.name
  target_size        = var.autoscaling.min
  # A broken image must not make the next apply hang.
  wait_for_instances = false

  version {
    instance_template = google_compute_instance_template.machine["placeholder"].id
  }

  named_port {
    name = "http"
    port = var.machine.port
  }

  auto_healing_policies {
    health_check      = google_compute_health_check.group["healing"].id
    initial_delay_sec = var.health.startup_seconds
  }

  lifecycle {
    # The function owns the versions and how they come, the autoscaler the size.
    ignore_changes = [version, update_policy, target_size]
  }
}

resource "google_compute_region_instance_group_manager" "regional" {
  count = local.regional ? 1 : 0

  project            = var.project
  name               = var.name
  region             = var.location
  base_instance_name = var.name
  target_size        = var.autoscaling.min
  wait_for_instances = false

  version {
    instance_template = google_compute_instance_template.machine["placeholder"].id
  }

  named_port {
    name = "http"
    port = var.machine.port
  }

  auto_healing_policies {
    health_check      = google_compute_health_check.group["healing"].id
    initial_delay_sec = var.health.startup_seconds
  }

  lifecycle {
    ignore_changes = [version, update_policy, target_size]
  }
}
