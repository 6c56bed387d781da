resource "google_compute_global_address" "front" {
  project = var.project
  name    = var.name
  labels  = var.labels
}

resource "google_compute_backend_service" "group" {
  project               = var.project
  name                  = var.name
  protocol              = "HTTP"
  port_name             = "http"
  load_balancing_scheme = "EXTERNAL_MANAGED"
  health_checks         = [google_compute_health_check.group["serving"].id]
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

resource "google_compute_url_map" "group" {
  project         = var.project
  name            = var.name
  default_service = google_compute_backend_service.group.id
}

# With a domain plain HTTP leads to HTTPS.
resource "google_compute_url_map" "redirect" {
  count = var.domain == null ? 0 : 1

  project = var.project
  name    = "${var.name}-to-https"

  default_url_redirect {
    https_redirect         = true
    redirect_response_code = "MOVED_PERMANENTLY_DEFAULT"
    strip_query            = false
  }
}

resource "google_compute_target_http_proxy" "front" {
  project = var.project
  name    = var.name
  url_map = var.domain == null ? google_compute_url_map.group.id : google_compute_url_map.redirect[0].id
}

resource "google_compute_managed_ssl_certificate" "front" {
  count = var.domain == null ? 0 : 1

  project = var.project
  # Another domain is another certificate: the old one serves until the proxy has the new one.
  name = "${var.name}-${substr(sha256(var.domain), 0, 8)}"

  managed {
    domains = [var.domain]
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "google_compute_target_https_proxy" "front" {
  count = var.domain == null ? 0 : 1

  project          = var.project
  name             = var.name
  url_map          = google_compute_url_map.group.id
  ssl_certificates = google_compute_managed_ssl_certificate.front[*].id
}

resource "google_compute_global_forwarding_rule" "front" {
  for_each = merge(
    { "80" = google_compute_target_http_proxy.front.id },
    { for proxy in google_compute_target_https_proxy.front : "443" => proxy.id },
  )

  project               = var.project
  name                  = "${var.name}-${each.key}"
  labels                = var.labels
  load_balancing_scheme = "EXTERNAL_MANAGED"
  ip_address            = google_compute_global_address.front.id
  port_range            = each.key
  target                = each.value
}
