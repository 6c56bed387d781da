variable "project" {
  description = "The Google Cloud project's id."
  type        = string
}

variable "name" {
  description = "What is deployed: the target's, the function's and the group's name, and the start of its uploads' names."
  type        = string
  default     = "site"

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,22}[a-z0-9]$", var.name)) && !can(regex("^(gcp-|goog)", var.name))
    error_message = "Choose 3 to 24 characters [a-z0-9-], a letter first and no hyphen last, beginning neither with gcp- nor with goog: service accounts, topics and more are named after it."
  }
}

variable "bucket" {
  description = "The bucket that tarballs are uploaded to; null for PROJECT-NAME."
  type        = string
  default     = null
}

variable "location" {
  description = "Where the group lives: a zone such as us-west1-a for a zonal group, a region such as us-west1 for one over its zones. Buckets and function live in the region."
  type        = string
  default     = "us-west1-a"
}

variable "alert_emails" {
  description = "Who is told by e-mail when somebody must act."
  type        = set(string)
  default     = []
}

variable "notification_channels" {
  description = "Further channels (Slack, PagerDuty, Pub/Sub, ...) that exist, by name: projects/PROJECT/notificationChannels/NUMBER."
  type        = set(string)
  default     = []
}

variable "published" {
  description = "Which lines of the function's log are published to the topic NAME-events, as a filter of Cloud Logging on event, target, outcome and code; null for none."
  type        = string
  default     = "jsonPayload.event=\"deployment.finished\""
}

variable "rollout" {
  description = "How a new version comes: any of the keys of a target in the function's TARGETS, such as { soakSeconds = 120, keep = 3 }."
  type        = any
  default     = {}
}

variable "machine" {
  description = "The machines: see modules/group/variables.tf."
  type        = any
  default     = {}
}

variable "health" {
  description = "The path that answers 200 while the program is well, and how long a new machine may take: see modules/group/variables.tf."
  type        = any
  default     = {}
}

variable "autoscaling" {
  description = "How many machines: see modules/group/variables.tf."
  type        = any
  default     = {}
}

variable "draining_seconds" {
  description = "How long a machine that must go may still answer what it was asked."
  type        = number
  default     = 30
}

variable "alarms" {
  description = "Whether versions are judged by the balancer's share of 5xx and its latency too, and by how much: {} or { errors_share = 0.05, latency_ms = 2000 }. Soaks then last at least 600 s. null: by health alone."
  type        = any
  default     = null
}

variable "domain" {
  description = "The domain to serve over HTTPS, with a certificate from Google; null serves plain HTTP."
  type        = string
  default     = null
}

variable "circleci" {
  description = "Who may upload from CircleCI: { organization = UUID, project = UUID, branch = \"main\" }; null: nobody."
  type        = any
  default     = null
}

variable "operators" {
  description = "Who may hold, approve, abort and roll back with infra/slipway, such as [\"user:me@example.com\"]."
  type        = set(string)
  default     = []
}

variable "viewers" {
  description = "Who may look at the page of infra/page/show, and change nothing, such as [\"user:me@example.com\"]."
  type        = set(string)
  default     = []
}

variable "kms_key" {
  description = "A key of Cloud KMS that encrypts the buckets, in their region; null for Google's own. The machines' disks have machine.disk.kms_key."
  type        = string
  default     = null
}

variable "audit_objects" {
  description = "Whether Cloud Audit Logs tell who read and wrote objects, of all buckets of the project."
  type        = bool
  default     = false
}

variable "force_destroy" {
  description = "Whether destroying it deletes the buckets with all that is in them. Apply true first, then destroy."
  type        = bool
  default     = false
}

variable "labels" {
  description = "Labels for everything that takes them."
  type        = map(string)
  default     = { managed-by = "slipway" }
}
