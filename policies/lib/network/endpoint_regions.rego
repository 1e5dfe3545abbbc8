# METADATA
# title: Regions of endpoints
# description: >-
#   An endpoint leads to the service of the Region that its name has, whatever the Region of its VPC. The agent asks the
#   service of the Region that the ARN of a secret has.
#   https://docs.aws.amazon.com/batch/latest/userguide/vpc-interface-endpoints.html
package lib.network.endpoint_regions

import data.lib.arn
import data.lib.network.services
import data.lib.references
import data.lib.text

# METADATA
# description: What is wrong with the endpoints of other Regions than that of what a reader of the case reads, by their ids
of(reader) := {id: {"answer": "no", "fault": "region"} |
	region := _read[reader.reference]
	some id, other in _endpoints
	other != region
}

_endpoints[endpoint.id] := region if {
	some service in ["secretsmanager", "ssm"]
	some id, _ in input.networks
	endpoint := services.of_service[id][service][_].endpoint
	text.literal(endpoint.service.value)
	parts := split(endpoint.service.value, ".")
	region := parts[count(parts) - 2]
}

_read[entry.id] := region if {
	_endpoints != {}
	some entry in references.all
	region := arn.parse(entry.arn).region
	region != ""
	text.literal(region)
}
