terraform {
  required_version = ">= 1.9.0, < 2.0.0"

  required_providers {
    google = {
      source = "hashicorp/google"
      # The version whose arguments checks/schema.json holds: raise both together.
      version = "6.50.0"
    }
    archive = {
      source  = "hashicorp/archive"
      version = "2.7.1"
    }
  }
}

provider "google" {
  project        = var.project
  region         = local.region
  default_labels = var.labels
}
