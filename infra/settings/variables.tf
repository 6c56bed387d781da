variable "project" {
  description = "The project's id."
  type        = string
}

variable "name" {
  description = "The target's and the group's name."
  type        = string
}

variable "bucket" {
  description = "The bucket of the uploads."
  type        = string
}

variable "location" {
  description = "The group's zone or region."
  type        = string
}

variable "zones" {
  description = "How many zones a regional group spreads over."
  type        = number
  default     = 3
}

variable "rollout" {
  description = "How a new version comes; what is null has the function's default."
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
}

variable "base_template" {
  description = "The template that each version's is cloned from; null for the one that the group has."
  type        = string
  default     = null
}
