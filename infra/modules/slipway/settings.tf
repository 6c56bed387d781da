# What the function reads from its environment, by its own names and rules (slipway.settings), so that a
# fault is told before anything is made. Nothing here needs a provider.
locals {
  target_keys = [
    "prefix", "groups", "maxSurge", "maxUnavailable", "canary", "steps", "approval", "soakSeconds",
    "progressDeadlineSeconds", "totalDeadlineSeconds", "maxDiskGib", "keep", "signingKeys", "baseTemplate",
    "alarms", "unchecked", "image",
  ]
  image_keys = ["guestOsFeatures", "architecture", "licenses", "storageLocations", "kmsKeyName", "labels"]
  target_ranges = {
    soakSeconds             = [0, 172800]
    progressDeadlineSeconds = [10, 86400]
    totalDeadlineSeconds    = [10, 86400]
    maxDiskGib              = [1, 64]
    keep                    = [1, 100]
  }
  key   = "^projects/[^/]+/locations/([a-z0-9-]+)/keyRings/[^/]+/cryptoKeys/[^/]+$"
  size  = "^([0-9]{1,3}|1000|[0-9]{1,2}%|100%)$"
  group = "^projects/[a-z0-9.:-]+/(zones|regions)/[a-z0-9-]+/instanceGroupManagers/[a-z][a-z0-9-]{0,62}$"

  # Without what is null, where the function's default holds.
  targets = { for name, target in var.targets : name => { for key, value in target : key => value if value != null } }
  groups  = flatten([for target in local.targets : try(tolist(target.groups), [])])

  images = { for name, target in local.targets : name => try({ for key, value in target.image : key => value if value != null }, {}) }
  # Of what was given: the name of a group that is made in the same apply is not known before.
  image_kms_keys = toset(compact([for target in var.targets : try(tostring(target.image.kmsKeyName), null)]))

  image_rules = { for name, image in local.images : name => merge(
    {
      "give image as an object with some of ${join(", ", local.image_keys)}." = can(keys(try(local.targets[name].image, {})))

      "set image.guestOsFeatures to names of Google's list of guest features, such as [\"UEFI_COMPATIBLE\", \"GVNIC\"]." = try(
        alltrue([for one in tolist(image.guestOsFeatures) : can(regex("^[A-Z][A-Z0-9_]{0,62}$", one))]), !contains(keys(image), "guestOsFeatures")
      )

      "set image.architecture to X86_64 or ARM64." = contains(["X86_64", "ARM64"], try(tostring(image.architecture), "")) || !contains(keys(image), "architecture")

      "list image.licenses as projects/PROJECT/global/licenses/LICENSE." = try(
        alltrue([for one in tolist(image.licenses) : can(regex("^(https://(www|compute)\\.googleapis\\.com/compute/v1/)?projects/[a-z0-9.:-]+/global/licenses/[a-z][a-z0-9-]*$", one))]), !contains(keys(image), "licenses")
      )

      "set image.storageLocations to one region, such as [\"us-west1\"], or to us, eu or asia." = try(
        length(image.storageLocations) <= 1 && alltrue([for one in tolist(image.storageLocations) : can(regex("^(us|eu|asia|[a-z]+-[a-z]+[0-9]+)$", one))]), !contains(keys(image), "storageLocations")
      )

      "name image.kmsKeyName as projects/PROJECT/locations/LOCATION/keyRings/RING/cryptoKeys/KEY, without a version." = can(regex(local.key, image.kmsKeyName)) || !contains(keys(image), "kmsKeyName")

      "choose image.kmsKeyName where image.storageLocations can use it: a key of the same region, of its multi-region, or of global." = try(
        contains([replace(image.storageLocations[0], "/^eu$/", "europe"), "global"], regex(local.key, image.kmsKeyName)[0]) || startswith(image.storageLocations[0], "${regex(local.key, image.kmsKeyName)[0]}-"), true
      )

      "give image.labels at most 61 keys of lower-case letters, digits, - and _, a letter first and not slipway-, with values of the same." = try(
        length(image.labels) <= 61 && alltrue([
          for key, value in image.labels :
          can(regex("^[\\p{Ll}\\p{Lo}][\\p{Ll}\\p{Lo}\\p{N}_-]{0,62}$", key)) && !startswith(key, "slipway-") && can(regex("^[\\p{Ll}\\p{Lo}\\p{N}_-]{0,63}$", value))
        ]), !contains(keys(image), "labels")
      )
    },
    { for key in keys(image) : "image has no setting ${key}; choose from ${join(", ", local.image_keys)}." => contains(local.image_keys, key) },
  ) }

  # Each rule by the sentence that is said where it does not hold.
  target_rules = { for name, target in local.targets : name => merge(
    {
      "name a target with at most 35 of a-z, 0-9 and hyphens, a letter first and no hyphen last." = can(regex("^[a-z]([a-z0-9-]{0,33}[a-z0-9])?$", name))

      "set prefix to the start of its uploads' names, such as \"${name}-\", and not to handoff/ or plan/." = try(
        length(target.prefix) > 0 && !can(regex("^(handoff|plan)/", target.prefix)), false
      )

      "list groups as projects/PROJECT/zones/ZONE/instanceGroupManagers/GROUP, or with regions/REGION: `gcloud compute instance-groups managed list --uri` knows them." = try(
        length(target.groups) > 0 && alltrue([for one in target.groups : can(regex(local.group, one))]), false
      )

      "with maxSurge \"0\" no new machine could come: set maxUnavailable to \"1\" or more." = !(
        can(regex("^0+%?$", try(target.maxSurge, "1"))) && can(regex("^0+%?$", try(target.maxUnavailable, "0")))
      )

      "give canary as { size = \"1\", soakSeconds = 60 }, with 0 to 172800 seconds." = try(
        length(setsubtract(keys(target.canary), ["size", "soakSeconds"])) == 0 && can(regex(local.size, try(target.canary.size, "1"))) && try(target.canary.soakSeconds, 0) >= 0 && try(target.canary.soakSeconds, 0) <= 172800 && floor(try(target.canary.soakSeconds, 0)) == try(target.canary.soakSeconds, 0),
        !contains(keys(target), "canary")
      )

      "give steps as [{ size = \"10%\", soakSeconds = 300 }, ...], at most 20, each of some instances and not all, with 0 to 172800 seconds." = try(
        length(target.steps) <= 20 && alltrue([for step in target.steps :
          length(setsubtract(keys(step), ["size", "soakSeconds"])) == 0 && can(regex(local.size, step.size)) && !can(regex("^(0+%?|100%)$", step.size)) && try(step.soakSeconds, 0) >= 0 && try(step.soakSeconds, 0) <= 172800 && floor(try(step.soakSeconds, 0)) == try(step.soakSeconds, 0)
        ]),
        !contains(keys(target), "steps")
      )

      "let each of steps be larger than those before it." = try(
        alltrue(flatten([for i, step in target.steps : [for before in slice(target.steps, 0, i) : try(
          endswith("${step.size}", "%") != endswith("${before.size}", "%") || tonumber(trimsuffix("${before.size}", "%")) < tonumber(trimsuffix("${step.size}", "%")),
          true
        )]])),
        true
      )

      "give either steps or canary, which is their short form." = !(contains(keys(target), "steps") && contains(keys(target), "canary"))

      "give approval as { required = true, withinSeconds = 86400 }, with 60 to 604800 seconds." = try(
        length(setsubtract(keys(target.approval), ["required", "withinSeconds"])) == 0 && contains(["true", "false"], jsonencode(try(target.approval.required, false))) && try(target.approval.withinSeconds, 60) >= 60 && try(target.approval.withinSeconds, 60) <= 604800 && floor(try(target.approval.withinSeconds, 60)) == try(target.approval.withinSeconds, 60),
        !contains(keys(target), "approval")
      )

      "set totalDeadlineSeconds to at least progressDeadlineSeconds." = try(
        try(target.totalDeadlineSeconds, 7200) >= try(target.progressDeadlineSeconds, 600), true
      )

      "give signingKeys as PEM, each from -----BEGIN PUBLIC KEY----- on, as `openssl pkey -in signing-key.pem -pubout` prints it. A private key stays where it signs." = try(
        alltrue([for key in target.signingKeys : startswith(trimspace(key), "-----BEGIN PUBLIC KEY-----")]),
        !contains(keys(target), "signingKeys")
      )

      "list alarms as projects/PROJECT/alertPolicies/NUMBER: `gcloud alpha monitoring policies list --format='value(name)'` knows them." = try(
        length(target.alarms) >= 0 && !can(tostring(target.alarms)), !contains(keys(target), "alarms")
      )

      "with alarms set soakSeconds, also the canary's and each step's, to at least 600, or leave them out: metrics are minutes late." = try(
        length(target.alarms) == 0, true
        ) || (
        try(target.soakSeconds >= 600, true) && (can(regex("^0+%?$", target.canary.size)) || try(target.canary.soakSeconds >= 600, true)) && try(alltrue([for step in target.steps : try(step.soakSeconds >= 600, true)]), true)
      )

      "set unchecked to true or false." = contains(["true", "false"], jsonencode(try(target.unchecked, false)))
    },
    local.image_rules[name],
    { for key in keys(target) : "it has no setting ${key}; choose from ${join(", ", local.target_keys)}." => contains(local.target_keys, key) },
    { for key in ["maxSurge", "maxUnavailable"] :
    "set ${key} to a number up to 1000, or a percentage: \"2\" or \"10%\"." => can(regex(local.size, try(target[key], "1"))) },
    { for key, range in local.target_ranges :
      "set ${key} to a whole number from ${range[0]} to ${range[1]}." => try(
        floor(target[key]) == target[key] && target[key] >= range[0] && target[key] <= range[1],
        !contains(keys(target), key)
    ) },
  ) }

  target_faults = concat(
    flatten([for name, rules in local.target_rules : [for sentence, holds in rules : "${name}: ${sentence}" if !holds]]),
    [for sentence, holds in {
      "Name at least one target, such as { site = { prefix = \"site-\", groups = [...] } }." = length(local.targets) > 0
      "Name each group once: a group belongs to one target."                                 = length(distinct(local.groups)) == length(local.groups)
      "Give each target a prefix of its own." = length(local.targets) == length(distinct([
        for target in local.targets : try(target.prefix, null)
      ]))
    } : sentence if !holds],
  )

  environment = {
    PROJECT        = var.project
    UPLOADS_BUCKET = var.bucket
    RECORDS_BUCKET = "${var.bucket}-records"
    PRIVATE_BUCKET = "${var.bucket}-private"
    CALL_SECONDS   = "540"
    TARGETS        = jsonencode(local.targets)
  }
}

output "settings" {
  description = "The function's environment variables, as it reads them."
  value       = local.environment

  precondition {
    condition     = length(local.target_faults) == 0
    error_message = join("\n", concat(["targets:"], local.target_faults))
  }

  # Apart from the others, since a template that is made in the same apply has no name before.
  precondition {
    condition = alltrue(flatten([
      for target in local.targets : [
        for group in target.groups :
        can(regex("^projects/[a-z0-9.:-]+/(global|${replace(replace(regex("(?:zones|regions)/[a-z0-9-]+", group), "/^zones/", "regions"), "/-[a-z]$/", "")})/instanceTemplates/[a-z][a-z0-9-]*$", target.baseTemplate))
      ] if can(target.baseTemplate)
    ]))
    error_message = "targets: name baseTemplate as projects/PROJECT/global/instanceTemplates/TEMPLATE, or with regions/ and the region of the target's groups in place of global."
  }

  # As apart, for the same reason.
  precondition {
    condition = alltrue(flatten([
      for target in local.targets : [
        for one in target.alarms : can(regex("^projects/[a-z0-9.:-]+/alertPolicies/[0-9]+$", one))
      ] if can(target.alarms)
    ]))
    error_message = "targets: name alarms as projects/PROJECT/alertPolicies/NUMBER: `gcloud alpha monitoring policies list --format='value(name)'` knows them."
  }

  precondition {
    condition = alltrue([
      for target in local.targets : length(distinct([for one in target.alarms : basename(one)])) == length(target.alarms) if can(target.alarms)
    ])
    error_message = "targets: name each policy of alarms once."
  }
}
