locals {
  network = var.machine.network == null ? "default" : var.machine.network
  # Answers the health check until the first upload, so that the group is whole and has something to go
  # back to. The file must stand where the check asks.
  placeholder_script = <<-EOT
    install -D /dev/null /srv/slipway${var.health.path == "/" ? "/index.html" : var.health.path}
    exec python3 -m http.server ${var.machine.port} --directory /srv/slipway
  EOT

  templates = {
    # The shape of every machine. The function clones it for each version, with that version's image, so
    # a change comes with the next upload.
    machine = { script = null, made_again_with = jsonencode([var.machine, var.labels]) }
    # What the group runs until the first upload. Another one would be made for nothing.
    placeholder = { script = local.placeholder_script, made_again_with = null }
  }
}

resource "terraform_data" "template" {
  for_each = local.templates

  input = each.value.made_again_with
}

resource "google_compute_instance_template" "machine" {
  for_each = local.templates

  project                 = var.project
  name_prefix             = "${var.name}-${each.key}-"
  description             = "${var.name}, ${each.key}: see Slipway's infra/modules/group/template.tf."
  machine_type            = var.machine.type
  tags                    = setunion([var.name], var.machine.tags)
  labels                  = var.labels
  metadata                = var.machine.metadata
  metadata_startup_script = each.value.script

  disk {
    source_image = var.machine.image
    boot         = true
    auto_delete  = true
    architecture = var.machine.architecture
    disk_type    = var.machine.disk.type
    disk_size_gb = var.machine.disk.size_gb
    labels       = var.labels

    dynamic "disk_encryption_key" {
      for_each = var.machine.disk.kms_key[*]
      content {
        kms_key_self_link = disk_encryption_key.value
      }
    }
  }

  network_interface {
    network    = var.machine.subnetwork == null ? local.network : null
    subnetwork = var.machine.subnetwork
    nic_type   = var.machine.nic_type

    dynamic "access_config" {
      for_each = var.machine.public_ip ? [1] : []
      content {
        network_tier = "PREMIUM"
      }
    }
  }

  # Without one the program can ask Google for nothing, as a unikernel does.
  dynamic "service_account" {
    for_each = var.machine.service_account[*]
    content {
      email  = service_account.value.email
      scopes = service_account.value.scopes
    }
  }

  scheduling {
    provisioning_model          = var.machine.spot ? "SPOT" : "STANDARD"
    preemptible                 = var.machine.spot
    automatic_restart           = !var.machine.spot
    on_host_maintenance         = var.machine.spot || var.machine.confidential != null ? "TERMINATE" : "MIGRATE"
    instance_termination_action = var.machine.spot ? "DELETE" : null
  }

  dynamic "shielded_instance_config" {
    for_each = var.machine.shielded[*]
    content {
      enable_secure_boot          = shielded_instance_config.value.secure_boot
      enable_vtpm                 = shielded_instance_config.value.vtpm
      enable_integrity_monitoring = shielded_instance_config.value.integrity
    }
  }

  dynamic "confidential_instance_config" {
    for_each = var.machine.confidential[*]
    content {
      enable_confidential_compute = true
      confidential_instance_type  = confidential_instance_config.value
    }
  }

  lifecycle {
    create_before_destroy = true
    ignore_changes        = all
    replace_triggered_by  = [terraform_data.template[each.key]]
  }
}
