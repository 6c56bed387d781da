mock_provider "google" {}

variables {
  project = "my-project"
  bucket  = "my-uploads"
  region  = "us-west1"
  labels  = { team = "edge" }
}

run "keeps_the_roles_apart" {
  assert {
    condition     = output.names == { uploads = "my-uploads", records = "my-uploads-records", private = "my-uploads-private", function = "my-uploads-function" }
    error_message = "An uploader writes to one bucket, and records and proven copies are in others."
  }

  assert {
    condition = alltrue([
      for one in google_storage_bucket.slipway :
      one.public_access_prevention == "enforced" && one.uniform_bucket_level_access && one.labels.team == "edge" && length(one.encryption) == 0
    ])
    error_message = "Nobody is let in from outside, and each bucket has its labels."
  }

  assert {
    condition     = [for name, one in google_storage_bucket.slipway : name if one.force_destroy] == ["function"]
    error_message = "Only what can be built again goes without being asked for."
  }
}

run "encrypts_each_with_the_key" {
  variables {
    kms_key = "projects/my-project/locations/us-west1/keyRings/r/cryptoKeys/k"
  }

  assert {
    condition     = alltrue([for one in google_storage_bucket.slipway : one.encryption[0].default_kms_key_name == var.kms_key])
    error_message = "A key that is given encrypts every bucket."
  }
}
