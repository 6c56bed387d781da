output "upload_commands" {
  description = "What deploys a tarball, by target."
  value = {
    for name, target in local.targets :
    name => "gcloud storage cp --print-created-message ${target.prefix}1.tar.gz gs://${module.buckets.names["uploads"]}"
  }
}

output "records_command" {
  description = "Shows what became of the uploads."
  value       = "gcloud storage cat 'gs://${module.buckets.names["records"]}/deployments/**'"
}

output "dead_letter_command" {
  description = "Joins the trigger's subscription to the dead-letter topic: run it once after each apply that made the trigger anew."
  value       = <<-EOT
    subscription=$(gcloud eventarc triggers describe ${google_cloudfunctions2_function.slipway.event_trigger[0].trigger} --format='value(transport.pubsub.subscription)')
    gcloud pubsub subscriptions update "$subscription" --dead-letter-topic=${google_pubsub_topic.slipway["dead-events"].id} --max-delivery-attempts=100
    gcloud pubsub subscriptions add-iam-policy-binding "$subscription" --member=${local.agents.pubsub} --role=roles/pubsub.subscriber
  EOT
}

output "events_topic" {
  description = "Where lines of the function's log are published; null without published."
  value       = one([for name, topic in google_pubsub_topic.slipway : topic.id if name == "events"])
}

output "log_commands" {
  description = "The log's answers to the usual questions."
  value = { for name, filter in {
    outcomes   = local.finished
    rejections = "${local.log} AND jsonPayload.event=\"artifact.rejected\""
    errors     = "${local.log} AND severity>=ERROR"
  } : name => "gcloud logging read '${filter}' --project=${var.project} --freshness=7d --format=json" }
}

output "circleci_provider" {
  description = "SLIPWAY_PROVIDER of CircleCI's context slipway, for .circleci/log-in; null without circleci."
  value       = one(google_iam_workload_identity_pool_provider.circleci[*].name)
}
