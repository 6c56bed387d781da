# From these ranges come the health checks' probes and the load balancer's requests, and nobody else.
resource "google_compute_firewall" "probes" {
  name          = "${var.name}-probes"
  network       = var.machine.network
  direction     = "INGRESS"
  source_ranges = ["35.191.0.0/16", "130.211.0.0/22"]
  target_tags   = [var.name]

  allow {
    protocol = "tcp"
    ports    = [tostring(var.machine.port)]
  }

  depends_on = [google_project_service.used]
}
