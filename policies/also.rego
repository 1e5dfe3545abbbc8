# A rule that judges subjects of a second kind says of them what it says of those of its own.
package rules.compute_environment["no-plaintext-secrets"]

import data.rules.job_definition["no-plaintext-secrets"] as rule

findings := rule.findings
