output "path" {
  description = "The group, as a target's groups name it."
  value       = "projects/${var.project}/${local.regional ? "regions" : "zones"}/${var.location}/instanceGroupManagers/${var.name}"
}

output "base_template" {
  description = "The shape of the machines, for a target's baseTemplate."
  value       = google_compute_instance_template.machine["machine"].id
}

output "alarms" {
  description = "The names of the alert policies on its balancer, for a target's alarms."
  value       = [for one in google_monitoring_alert_policy.alarm : one.id]
}

output "address" {
  description = "Where the group serves."
  value       = var.domain == null ? "http://${google_compute_global_address.front.address}/" : "https://${var.domain}/ (point its A record at ${google_compute_global_address.front.address})"
}
