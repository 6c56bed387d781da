variable "project" {
  description = "The Google Cloud project's id."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{4,28}[a-z0-9]$", var.project))
    error_message = "A project's id has 6 to 30 characters [a-z0-9-] and begins with a letter: take it from `gcloud projects list`, not its name or number."
  }
}

variable "name" {
  description = "What is deployed: the target's name in Slipway, the start of its uploads' names, and the name of what is made for it here."
  type        = string

  validation {
    # A service account's id has 6 to 30 characters, and up to 6 are put behind the name, at least 3;
    # an identity pool may not begin with gcp-, nor a topic with goog.
    condition     = can(regex("^[a-z][a-z0-9-]{1,22}[a-z0-9]$", var.name)) && !can(regex("^(gcp-|goog)", var.name))
    error_message = "Choose 3 to 24 characters [a-z0-9-], a letter first and no hyphen last, beginning neither with gcp- nor with goog: service accounts, topics and more are named after it."
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

variable "location" {
  description = "Where the group lives: a zone such as us-west1-a for a zonal group, a region such as us-west1 for one over its zones. Buckets and function live in the region."
  type        = string
  default     = "us-west1-a"

  validation {
    condition     = can(regex("^[a-z]+-[a-z]+[0-9]+(-[a-z])?$", var.location))
    error_message = "Name one zone (us-west1-a) or one region (us-west1): see `gcloud compute zones list`."
  }
}

variable "zones" {
  description = "How many zones a regional group spreads over: those that its region chooses by itself. Without meaning for a zonal group."
  type        = number
  default     = 3

  validation {
    condition     = var.zones >= 1 && var.zones <= 10 && floor(var.zones) == var.zones
    error_message = "Count the group's zones, mostly 3: a regional group's surge must be 0 or at least so many."
  }
}

variable "rollout" {
  description = "How a new version comes: sizes are a number or a percentage; times are in seconds. What is left out has the function's default."
  type = object({
    max_surge                 = optional(string)
    max_unavailable           = optional(string)
    soak_seconds              = optional(number)
    canary                    = optional(object({ size = string, soak_seconds = number }))
    progress_deadline_seconds = optional(number)
    total_deadline_seconds    = optional(number)
    keep                      = optional(number)
    max_disk_gib              = optional(number)
    signing_keys              = optional(list(string))
  })
  default = {}

  validation {
    condition     = var.rollout.signing_keys == null || try(alltrue([for key in var.rollout.signing_keys : startswith(trimspace(key), "-----BEGIN PUBLIC KEY-----")]), false)
    error_message = "Give signing_keys as PEM, each from -----BEGIN PUBLIC KEY----- on: `openssl pkey -in signing-key.pem -pubout` prints it. A private key stays where it signs."
  }

  validation {
    condition     = try(var.rollout.keep >= 1 && var.rollout.keep <= 100 && floor(var.rollout.keep) == var.rollout.keep, var.rollout.keep == null)
    error_message = "Set keep to how many of the newest good images stay, 1 to 100; the one that serves is the first of them."
  }

  validation {
    condition = alltrue([
      for size in compact([var.rollout.max_surge, var.rollout.max_unavailable, try(var.rollout.canary.size, null)]) :
      can(regex("^([0-9]{1,4}|[0-9]{1,3}%)$", size))
    ])
    error_message = "Give sizes as \"2\" or \"10%\"; percentages need a group of 10 or more."
  }

  validation {
    condition = can(regex("[a-z]$", var.location)) || alltrue([
      for size in compact([var.rollout.max_surge, var.rollout.max_unavailable]) :
      try(tonumber(size) == 0 || tonumber(size) >= var.zones, true)
    ])
    error_message = "In a regional group Compute Engine takes a size of 0 or at least one for each zone: set it to the value of zones, or leave max_surge out, which does so."
  }

  validation {
    condition     = !can(regex("^0+%?$", var.rollout.max_surge)) || can(regex("[1-9]", var.rollout.max_unavailable))
    error_message = "With max_surge \"0\" no new machine could come: set max_unavailable to \"1\" or more."
  }
}

variable "machine" {
  description = "The machines. image is what the group boots until the first upload: see README, \"Before the first image\". port is where the program answers HTTP. The load balancer needs no public_ip. A virtio unikernel runs on f1, g1, e2, n1 and n2 only."
  type = object({
    image      = optional(string, "projects/debian-cloud/global/images/family/debian-12")
    type       = optional(string, "e2-micro")
    port       = optional(number, 80)
    network    = optional(string, "default")
    subnetwork = optional(string)
    public_ip  = optional(bool, false)
  })
  default = {}

  validation {
    condition     = var.machine.port >= 1 && var.machine.port <= 65535
    error_message = "Set port to the TCP port from 1 to 65535 on which the program answers HTTP."
  }

  validation {
    condition     = can(regex("^[a-z][a-z0-9]*-[a-z0-9-]+$", var.machine.type))
    error_message = "Name a machine type such as e2-micro, not its link: a template takes the bare name."
  }
}

variable "health" {
  description = "The path that answers 200 while the program is well, and how long a new machine may take until its first answer, in seconds."
  type = object({
    path            = optional(string, "/")
    startup_seconds = optional(number, 120)
  })
  default = {}

  validation {
    condition     = startswith(var.health.path, "/") && var.health.startup_seconds >= 0 && var.health.startup_seconds <= 3600
    error_message = "Begin the path with a slash, and allow 0 to 3600 seconds for the start."
  }
}

variable "autoscaling" {
  description = "How many machines, and the share of their CPU that they shall use. initialization_seconds: how long a new machine's CPU tells nothing yet."
  type = object({
    min                    = optional(number, 3)
    max                    = optional(number, 10)
    cpu                    = optional(number, 0.6)
    initialization_seconds = optional(number, 60)
  })
  default = {}

  validation {
    condition     = var.autoscaling.min >= 1 && var.autoscaling.max >= var.autoscaling.min && var.autoscaling.max <= 1000
    error_message = "Set min to at least 1, and max to at least min and at most 1000: that is the most a group holds."
  }

  validation {
    condition     = var.autoscaling.cpu > 0 && var.autoscaling.cpu <= 1
    error_message = "Set cpu to a share above 0 and up to 1, such as 0.6."
  }
}

variable "draining_seconds" {
  description = "How long a machine that must go may still answer what it was asked."
  type        = number
  default     = 30

  validation {
    condition     = var.draining_seconds >= 1 && var.draining_seconds <= 3600
    error_message = "Set 1 to 3600 seconds, as long as your longest request: with 0 a rollout cuts requests off."
  }
}

variable "domain" {
  description = "The domain to serve over HTTPS, with a certificate from Google; null serves plain HTTP."
  type        = string
  default     = null

  validation {
    condition     = var.domain == null || can(regex("^([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)+[a-z]{2,}$", var.domain))
    error_message = "Give a domain such as www.example.com, without https:// and without a path, or null."
  }
}

variable "function" {
  description = "The function: the one jar that the tests ran, and Google's runtime for it."
  type = object({
    jar     = optional(string, "../function/target/deployment/slipway.jar")
    runtime = optional(string, "java25")
  })
  default = {}

  validation {
    condition     = can(regex("^java(17|21|25)$", var.function.runtime))
    error_message = "Choose java25, java21 or java17: Slipway is tested on 17 and 25."
  }
}

variable "alert_emails" {
  description = "Who is told by e-mail when a deployment was rolled back or could not be, when the settings are wrong, and when the function fails."
  type        = list(string)

  validation {
    condition     = length(var.alert_emails) > 0 && alltrue([for one in var.alert_emails : can(regex("^[^@ ]+@[^@ ]+$", one))])
    error_message = "Name at least one e-mail address: else nobody learns of a failed rollback."
  }
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

variable "labels" {
  description = "Labels for everything that takes them."
  type        = map(string)
  default     = { managed-by = "slipway" }

  validation {
    condition     = alltrue([for key, value in var.labels : can(regex("^[a-z][a-z0-9_-]{0,62}$", key)) && can(regex("^[a-z0-9_-]{0,63}$", value))])
    error_message = "Labels are lower-case letters, digits, - and _, at most 63 characters, keys with a letter first."
  }
}
