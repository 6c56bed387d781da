# Writes resources/slipway/template/fields.json: of Compute Engine's discovery document, every field that a
# template can have, with its type and whether Google alone writes it. In this folder, for a newer document:
#   curl 'https://www.googleapis.com/discovery/v1/apis/compute/v1/rest' |
#     jq -S -f template-fields.jq > ../resources/slipway/template/fields.json
def output: .readOnly == true or ((.description // "") | ascii_downcase | contains("output only"));
def kind:
  if ."$ref" then ."$ref"
  elif .type == "array" then (.items | kind) + "[]"
  elif .additionalProperties then (.additionalProperties | kind) + "{}"
  else .type end;
.schemas as $all
| def closure($known):
    ([$known[] | $all[.].properties // {} | .[] | kind | rtrimstr("[]") | rtrimstr("{}") | select($all[.])] + $known | unique)
    | if . == $known then . else closure(.) end;
{
  "document": "compute v1, revision \(.revision)",
  "types": (closure(["InstanceTemplate"]) | map({
    key: .,
    value: ($all[.].properties // {} | map_values(kind + (if output then " output" else "" end)))
  }) | from_entries)
}
