variable "project" {
  description = "The Google Cloud project's id."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{4,28}[a-z0-9]$", var.project))
    error_message = "A project's id has 6 to 30 characters [a-z0-9-] and begins with a letter: take it from `gcloud projects list`, not its name or number."
  }
}

variable "name" {
  description = "The name of the function, and the start of the names of all that is made for it."
  type        = string
  default     = "slipway"

  validation {
    # A service account's id has 6 to 30 characters, and up to 6 are put behind the name, at least 3;
    # an identity pool may not begin with gcp-, nor a topic with goog.
    condition     = can(regex("^[a-z][a-z0-9-]{1,22}[a-z0-9]$", var.name)) && !can(regex("^(gcp-|goog)", var.name))
    error_message = "Choose 3 to 24 characters [a-z0-9-], a letter first and no hyphen last, beginning neither with gcp- nor with goog: service accounts, topics and more are named after it."
  }
}

variable "region" {
  description = "Where function and buckets are, such as us-west1. Groups may be elsewhere."
  type        = string

  validation {
    condition     = can(regex("^[a-z]+-[a-z]+[0-9]+$", var.region))
    error_message = "Name one region, such as us-west1: see `gcloud compute regions list`."
  }
}

variable "bucket" {
  description = "The bucket that tarballs are uploaded to. Three more are made, with -records, -private and -function behind its name."
  type        = string

  validation {
    # A bucket's name has 3 to 63 characters, and -function comes behind it.
    condition     = can(regex("^[a-z0-9][a-z0-9-]{1,52}[a-z0-9]$", var.bucket)) && !can(regex("^goog|google", var.bucket))
    error_message = "Choose 3 to 54 characters [a-z0-9-] without google, that nobody in the world has taken yet, such as PROJECT-NAME; names with dots need a verified domain."
  }
}

variable "targets" {
  description = "The function's TARGETS, with the keys that function/README.md gives under \"Settings\": { site = { prefix = \"site-\", groups = [\"projects/P/zones/Z/instanceGroupManagers/G\"] } }. Its rules stand in settings.tf."
  type        = any
}

variable "function" {
  description = "The function: the one jar that the tests ran, and Google's runtime for it. null for the jar that Maven built here."
  type = object({
    jar     = optional(string)
    runtime = optional(string, "java25")
  })
  default = {}

  validation {
    condition     = can(regex("^java(17|21|25)$", var.function.runtime))
    error_message = "Choose java25, java21 or java17: Slipway is tested on 17 and 25."
  }
}

variable "alert_emails" {
  description = "Who is told by e-mail when somebody must act."
  type        = set(string)
  default     = []

  validation {
    condition     = alltrue([for one in var.alert_emails : can(regex("^[^@ ]+@[^@ ]+$", one))])
    error_message = "Give e-mail addresses, such as operator@example.com."
  }

  validation {
    condition     = length(var.alert_emails) + length(var.notification_channels) > 0
    error_message = "Name at least one e-mail address, or a channel in notification_channels: else nobody learns of a failed rollback."
  }
}

variable "notification_channels" {
  description = "Further channels (Slack, PagerDuty, Pub/Sub, ...) that exist, by name."
  type        = set(string)
  default     = []

  validation {
    condition     = alltrue([for one in var.notification_channels : can(regex("^projects/[^/]+/notificationChannels/[^/]+$", one))])
    error_message = "Name channels as projects/PROJECT/notificationChannels/NUMBER: `gcloud beta monitoring channels list --format='value(name)'` has them."
  }
}

variable "published" {
  description = "Which lines of the function's log are published to the topic NAME-events, as a filter of Cloud Logging on event, target, outcome and code; null for none."
  type        = string
  default     = "jsonPayload.event=\"deployment.finished\""
}

variable "circleci" {
  description = "Who may upload from CircleCI: the organization's and the project's UUID, and the branch. null: nobody."
  type = object({
    organization = string
    project      = string
    branch       = optional(string, "main")
  })
  default = null

  validation {
    condition = var.circleci == null || alltrue([
      for id in [try(var.circleci.organization, ""), try(var.circleci.project, "")] :
      can(regex("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", id))
    ])
    error_message = "Copy both UUIDs from CircleCI: Organization Settings, Overview; Project Settings, Overview."
  }
}

variable "operators" {
  description = "Who may hold, approve, abort and roll back with infra/slipway, and read records: members of IAM, such as user:me@example.com or group:on-call@example.com."
  type        = set(string)
  default     = []

  validation {
    condition     = alltrue([for one in var.operators : can(regex("^(user|group|serviceAccount|domain|principal|principalSet):[^ ]+$", one))])
    error_message = "Name members as IAM does: user:me@example.com, group:on-call@example.com, serviceAccount:NAME@PROJECT.iam.gserviceaccount.com."
  }
}

variable "viewers" {
  description = "Who may look at the page of infra/page/show, and change nothing: members of IAM, such as user:me@example.com or group:on-call@example.com."
  type        = set(string)
  default     = []

  validation {
    condition     = alltrue([for one in var.viewers : can(regex("^(user|group|serviceAccount|domain|principal|principalSet):[^ ]+$", one))])
    error_message = "Name members as IAM does: user:me@example.com, group:on-call@example.com, serviceAccount:NAME@PROJECT.iam.gserviceaccount.com."
  }
}

variable "machine_service_accounts" {
  description = "E-mail addresses of the service accounts that the groups' templates name: the function must be allowed to act as them."
  type        = set(string)
  default     = []

  validation {
    condition     = alltrue([for one in var.machine_service_accounts : can(regex("^[^@ ]+@[^@ ]+$", one))])
    error_message = "Give the e-mail addresses of service accounts: `gcloud iam service-accounts list` has them."
  }
}

variable "shared_subnetworks" {
  description = "Subnetworks of another project (Shared VPC) that the groups' machines are in."
  type        = set(string)
  default     = []

  validation {
    condition     = alltrue([for one in var.shared_subnetworks : can(regex("^projects/[^/]+/regions/[^/]+/subnetworks/[^/]+$", one))])
    error_message = "Name each as projects/HOST/regions/REGION/subnetworks/NAME."
  }
}

variable "kms_key" {
  description = "A key of Cloud KMS, in the function's region, that encrypts the buckets; Compute Engine may use it too. null for Google's own."
  type        = string
  default     = null

  validation {
    condition     = var.kms_key == null || can(regex("^projects/[^/]+/locations/[^/]+/keyRings/[^/]+/cryptoKeys/[^/]+$", var.kms_key))
    error_message = "Name the key as projects/PROJECT/locations/REGION/keyRings/RING/cryptoKeys/KEY, without a version."
  }
}

variable "audit_objects" {
  description = "Whether Cloud Audit Logs tell who read and wrote objects. It holds for all buckets of the project, and replaces what the project had set for Cloud Storage."
  type        = bool
  default     = false
}

variable "set_up_project" {
  description = "Whether the grants of Google's own agents are made here. false where another Slipway of the same project has made them: they would go with either of the two."
  type        = bool
  default     = true
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

  validation {
    condition     = alltrue([for key, value in var.labels : can(regex("^[a-z][a-z0-9_-]{0,62}$", key)) && can(regex("^[a-z0-9_-]{0,63}$", value))])
    error_message = "Labels are lower-case letters, digits, - and _, at most 63 characters, keys with a letter first."
  }
}
