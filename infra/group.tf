locals {
  # Answers the health check until the first upload, so that the group is whole and has something to go
  # back to. The file must stand where the check asks.
  placeholder_file = "/srv/slipway${var.health.path == "/" ? "/index.html" : var.health.path}"
}

# The shape of every machine. The function clones it for each version, with that version's image, so a
# change here comes with the next upload.
resource "google_compute_instance_template" "machine" {
  name_prefix  = "${var.name}-"
  description  = "What Slipway clones for each version of ${var.name}."
  machine_type = var.machine.type
  tags         = [var.name]

  disk {
    source_image = var.machine.image
    boot         = true
    auto_delete  = true
  }

  network_interface {
    network    = var.machine.subnetwork == null ? var.machine.network : null
    subnetwork = var.machine.subnetwork

    dynamic "access_config" {
      for_each = var.machine.public_ip ? [1] : []
      content {
        network_tier = "PREMIUM"
      }
    }
  }

  # Without a service account: a unikernel asks Google for nothing.
  lifecycle {
    create_before_destroy = true
  }

  depends_on = [google_project_service.used]
}

# What the group runs until the first upload: the same machine with a web server that says nothing.
resource "google_compute_instance_template" "placeholder" {
  name_prefix  = "${var.name}-placeholder-"
  description  = "Runs until the first version of ${var.name} is uploaded."
  machine_type = var.machine.type
  tags         = [var.name]

  disk {
    source_image = var.machine.image
    boot         = true
    auto_delete  = true
  }

  network_interface {
    network    = var.machine.subnetwork == null ? var.machine.network : null
    subnetwork = var.machine.subnetwork
  }

  metadata_startup_script = <<-EOT
    install -D /dev/null ${local.placeholder_file}
    exec python3 -m http.server ${var.machine.port} --directory /srv/slipway
  EOT

  lifecycle {
    create_before_destroy = true
    # The group ignores another one, so it would be made for nothing.
    ignore_changes = all
  }

  depends_on = [google_project_service.used]
}

resource "google_compute_instance_group_manager" "zonal" {
  count = local.regional ? 0 : 1

  name               = var.name
  zone               = var.location
  base_instance_name = var.name
  target_size        = var.autoscaling.min
  # A broken image must not make the next apply hang.
  wait_for_instances = false

  version {
    instance_template = google_compute_instance_template.placeholder.id
  }

  named_port {
    name = "http"
    port = var.machine.port
  }

  auto_healing_policies {
    health_check      = google_compute_health_check.healing.id
    initial_delay_sec = var.health.startup_seconds
  }

  update_policy {
    type                  = "PROACTIVE"
    minimal_action        = "REPLACE"
    replacement_method    = "SUBSTITUTE"
    max_surge_fixed       = local.first_surge
    max_unavailable_fixed = 0
  }

  lifecycle {
    # The function owns the versions and how they come, the autoscaler the size.
    ignore_changes = [version, update_policy, target_size]
  }
}

resource "google_compute_region_instance_group_manager" "regional" {
  count = local.regional ? 1 : 0

  name               = var.name
  region             = var.location
  base_instance_name = var.name
  target_size        = var.autoscaling.min
  wait_for_instances = false

  version {
    instance_template = google_compute_instance_template.placeholder.id
  }

  named_port {
    name = "http"
    port = var.machine.port
  }

  auto_healing_policies {
    health_check      = google_compute_health_check.healing.id
    initial_delay_sec = var.health.startup_seconds
  }

  update_policy {
    type                         = "PROACTIVE"
    minimal_action               = "REPLACE"
    replacement_method           = "SUBSTITUTE"
    instance_redistribution_type = "PROACTIVE"
    max_surge_fixed              = local.first_surge
    max_unavailable_fixed        = 0
  }

  lifecycle {
    ignore_changes = [version, update_policy, target_size]
  }
}
