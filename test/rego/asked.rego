# METADATA
# title: Asked
# description: What the tests over all rules ask besides the answers
package asked

# METADATA
# description: For each rule with a link, the references that it answers for
# entrypoint: true
applies := {id: ids |
	some id
	ids := data.rules[input.subject.kind][id].applies
}
