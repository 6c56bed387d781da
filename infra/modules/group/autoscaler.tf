resource "google_compute_autoscaler" "zonal" {
  count = local.regional ? 0 : 1

  project = var.project
  name    = var.name
  zone    = var.location
  target  = local.group.id

  autoscaling_policy {
    mode            = "ON"
    min_replicas    = var.autoscaling.min
    max_replicas    = var.autoscaling.max
    cooldown_period = var.autoscaling.initialization_seconds

    cpu_utilization {
      target = var.autoscaling.cpu
    }
  }
}

resource "google_compute_region_autoscaler" "regional" {
  count = local.regional ? 1 : 0

  project = var.project
  name    = var.name
  region  = var.location
  target  = local.group.id

  autoscaling_policy {
    mode            = "ON"
    min_replicas    = var.autoscaling.min
    max_replicas    = var.autoscaling.max
    cooldown_period = var.autoscaling.initialization_seconds

    cpu_utilization {
      target = var.autoscaling.cpu
    }
  }
}
