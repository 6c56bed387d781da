# From these ranges come the health checks' probes and the load balancer's requests, and nobody else. The
# rule is made where the network is, be it another project's.
resource "google_compute_firewall" "probes" {
  count = var.machine.firewall ? 1 : 0

  project       = try(regex("projects/([^/]+)/", local.network)[0], var.project)
  name          = "${var.name}-probes"
  network       = local.network
  direction     = "INGRESS"
  source_ranges = ["35.191.0.0/16", "130.211.0.0/22"]
  target_tags   = [var.name]

  allow {
    protocol = "tcp"
    ports    = [tostring(var.machine.port)]
  }
}
