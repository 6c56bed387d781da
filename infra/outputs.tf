locals {
  # Provider 6.50.0 has no resource for saved queries: these are what a person pastes.
  queries = {
    outcomes   = "${local.log} AND jsonPayload.event=\"deployment.finished\""
    rejections = "${local.log} AND jsonPayload.event=\"artifact.rejected\""
    errors     = "${local.log} AND severity>=ERROR"
  }
}

output "address" {
  description = "Where the group serves."
  value       = var.domain == null ? "http://${google_compute_global_address.front.address}/" : "https://${var.domain}/ (point its A record at ${google_compute_global_address.front.address})"
}

output "upload_command" {
  description = "Deploys a tarball."
  value       = "gcloud storage cp --print-created-message ${var.name}-1.tar.gz gs://${google_storage_bucket.slipway["uploads"].name}"
}

output "records_command" {
  description = "Shows what became of the uploads."
  value       = "gcloud storage cat 'gs://${google_storage_bucket.slipway["records"].name}/deployments/**'"
}

output "dead_letter_command" {
  description = "Joins the trigger's subscription to the dead-letter topic: run it once after each apply that made the trigger anew."
  value       = <<-EOT
    subscription=$(gcloud eventarc triggers describe ${google_cloudfunctions2_function.slipway.event_trigger[0].trigger} --format='value(transport.pubsub.subscription)')
    gcloud pubsub subscriptions update "$subscription" --dead-letter-topic=${google_pubsub_topic.dead.id} --max-delivery-attempts=100
    gcloud pubsub subscriptions add-iam-policy-binding "$subscription" --member=${google_pubsub_topic_iam_member.dead.member} --role=roles/pubsub.subscriber
  EOT
}

output "log_commands" {
  description = "The log's answers to the usual questions."
  value       = { for name, filter in local.queries : name => "gcloud logging read '${filter}' --project=${var.project} --freshness=7d --format=json" }
}

output "circleci_provider" {
  description = "SLIPWAY_PROVIDER of CircleCI's context slipway, for .circleci/log-in; null without circleci."
  value       = one(google_iam_workload_identity_pool_provider.circleci[*].name)
}

output "settings" {
  description = "The function's settings, as it reads them."
  value       = module.settings.environment
}
