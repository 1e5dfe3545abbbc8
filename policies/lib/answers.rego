# METADATA
# title: Answers
# description: Three-valued logic on "yes", "maybe" and "no"
package lib.answers

# METADATA
# description: Whether one holds. Of no answers, "no".
any_of(answers) := "yes" if {
	"yes" in answers
} else := "maybe" if {
	"maybe" in answers
} else := "no"

# METADATA
# description: Whether all hold. Of no answers, "yes".
all_of(answers) := "no" if {
	"no" in answers
} else := "maybe" if {
	"maybe" in answers
} else := "yes"

negated("yes") := "no"

negated("maybe") := "maybe"

negated("no") := "yes"
