variable "project" {
  description = "The Google Cloud project's id."
  type        = string
}

variable "name" {
  description = "The group's name, and that of what is made for it."
  type        = string

  validation {
    # A group's base_instance_name has at most 58 characters; -placeholder- and a time follow in a template's.
    condition     = can(regex("^[a-z]([a-z0-9-]{0,22}[a-z0-9])?$", var.name))
    error_message = "Choose at most 24 characters [a-z0-9-], a letter first and no hyphen last: templates, checks and more are named after it."
  }
}

variable "location" {
  description = "Where the group lives: a zone such as us-west1-a for a zonal group, a region such as us-west1 for one over its zones."
  type        = string

  validation {
    condition     = can(regex("^[a-z]+-[a-z]+[0-9]+(-[a-z])?$", var.location))
    error_message = "Name one zone (us-west1-a) or one region (us-west1): see `gcloud compute zones list`."
  }
}

variable "machine" {
  description = "The machines. image is what the group boots until the first upload, port where the program answers HTTP. The load balancer needs no public_ip. A virtio unikernel runs on f1, g1, e2, n1 and n2 only."
  type = object({
    image           = optional(string, "projects/debian-cloud/global/images/family/debian-12")
    type            = optional(string, "e2-micro")
    architecture    = optional(string)
    port            = optional(number, 80)
    network         = optional(string)
    subnetwork      = optional(string)
    firewall        = optional(bool, true)
    public_ip       = optional(bool, false)
    nic_type        = optional(string)
    tags            = optional(set(string), [])
    metadata        = optional(map(string), {})
    service_account = optional(object({ email = string, scopes = optional(set(string), ["cloud-platform"]) }))
    disk            = optional(object({ type = optional(string), size_gb = optional(number), kms_key = optional(string) }), {})
    spot            = optional(bool, false)
    shielded        = optional(object({ secure_boot = optional(bool, false), vtpm = optional(bool, true), integrity = optional(bool, true) }))
    confidential    = optional(string)
  })
  default = {}

  validation {
    condition     = var.machine.port >= 1 && var.machine.port <= 65535 && floor(var.machine.port) == var.machine.port
    error_message = "Set port to the TCP port from 1 to 65535 on which the program answers HTTP."
  }

  validation {
    condition     = can(regex("^[a-z][a-z0-9]*-[a-z0-9-]+$", var.machine.type))
    error_message = "Name a machine type such as e2-micro, not its link: a template takes the bare name."
  }

  validation {
    condition     = var.machine.subnetwork == null || var.machine.network != null
    error_message = "Name the network of the subnetwork too: the firewall's rule is made in it."
  }

  validation {
    condition     = try(contains(["X86_64", "ARM64"], var.machine.architecture), var.machine.architecture == null)
    error_message = "Set architecture to X86_64 or ARM64, or leave it out: then it is the image's."
  }

  validation {
    condition     = try(contains(["GVNIC", "VIRTIO_NET", "IDPF"], var.machine.nic_type), var.machine.nic_type == null)
    error_message = "Set nic_type to VIRTIO_NET, GVNIC or IDPF, or leave it out: then it is the machine type's."
  }

  validation {
    condition     = try(contains(["SEV", "SEV_SNP", "TDX"], var.machine.confidential), var.machine.confidential == null)
    error_message = "Set confidential to SEV, SEV_SNP or TDX, or leave it out."
  }

  validation {
    condition     = length(setintersection(keys(var.machine.metadata), ["startup-script"])) == 0
    error_message = "A startup script belongs into the uploaded disk: each version then brings its own. Take startup-script out of metadata."
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
  description = "The domain to serve over HTTPS, with a certificate from Google; plain HTTP leads there. null serves plain HTTP."
  type        = string
  default     = null

  validation {
    condition     = var.domain == null || can(regex("^([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)+[a-z]{2,}$", var.domain))
    error_message = "Give a domain such as www.example.com, without https:// and without a path, or null."
  }
}

variable "alarms" {
  description = "Alert policies on the balancer: the share of requests that may end with a 5xx, and how long, in milliseconds, all but one in twenty may take. null makes none."
  type = object({
    errors_share          = optional(number, 0.05)
    latency_ms            = optional(number, 2000)
    notification_channels = optional(set(string), [])
  })
  default = null

  validation {
    condition     = try(var.alarms.errors_share > 0 && var.alarms.errors_share < 1, var.alarms == null)
    error_message = "Set errors_share to a share above 0 and below 1, such as 0.05."
  }

  validation {
    condition     = try(var.alarms.latency_ms >= 1, var.alarms == null)
    error_message = "Set latency_ms to a number of milliseconds from 1 on, such as 2000."
  }
}

variable "labels" {
  description = "Labels for everything that takes them, machines and disks too."
  type        = map(string)
  default     = { managed-by = "slipway" }
}
