resource "google_compute_global_address" "front" {
  name       = var.name
  depends_on = [google_project_service.used]
}

resource "google_compute_backend_service" "group" {
  name                  = var.name
  protocol              = "HTTP"
  port_name             = "http"
  load_balancing_scheme = "EXTERNAL_MANAGED"
  health_checks         = [google_compute_health_check.serving.id]
  # A machine that goes is asked nothing new and has this long to answer.
  connection_draining_timeout_sec = var.draining_seconds

  backend {
    group           = local.group.instance_group
    balancing_mode  = "UTILIZATION"
    capacity_scaler = 1
  }

  log_config {
    enable      = true
    sample_rate = 0.1
  }
}

resource "google_compute_url_map" "front" {
  name            = var.name
  default_service = google_compute_backend_service.group.id
}

resource "google_compute_target_http_proxy" "plain" {
  count = var.domain == null ? 1 : 0

  name    = var.name
  url_map = google_compute_url_map.front.id
}

resource "google_compute_managed_ssl_certificate" "front" {
  count = var.domain == null ? 0 : 1

  name = var.name

  managed {
    domains = var.domain[*]
  }
}

resource "google_compute_target_https_proxy" "secure" {
  count = var.domain == null ? 0 : 1

  name             = var.name
  url_map          = google_compute_url_map.front.id
  ssl_certificates = google_compute_managed_ssl_certificate.front[*].id
}

resource "google_compute_global_forwarding_rule" "front" {
  name                  = var.name
  load_balancing_scheme = "EXTERNAL_MANAGED"
  ip_address            = google_compute_global_address.front.id
  port_range            = var.domain == null ? "80" : "443"
  target = one(concat(
    google_compute_target_http_proxy.plain[*].id,
    google_compute_target_https_proxy.secure[*].id,
  ))
}
