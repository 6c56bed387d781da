# Who does not answer three times in a row is made anew: found out within 30 seconds.
resource "google_compute_health_check" "healing" {
  name                = "${var.name}-healing"
  check_interval_sec  = 10
  timeout_sec         = 5
  healthy_threshold   = 2
  unhealthy_threshold = 3

  http_health_check {
    port         = var.machine.port
    request_path = var.health.path
  }

  log_config {
    enable = true
  }

  depends_on = [google_project_service.used]
}

# The load balancer turns away sooner than the group replaces: that costs less.
resource "google_compute_health_check" "serving" {
  name                = "${var.name}-serving"
  check_interval_sec  = 5
  timeout_sec         = 5
  healthy_threshold   = 2
  unhealthy_threshold = 2

  http_health_check {
    port         = var.machine.port
    request_path = var.health.path
  }

  depends_on = [google_project_service.used]
}
