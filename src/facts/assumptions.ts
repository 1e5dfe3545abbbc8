/** The closed list of what an answer may take for granted (DESIGN §5). Each is printed with the answer. */
export const ASSUMPTIONS = {
  "default-value": "a default that is a value is not overridden at deployment",
  "same-form": "every version of a secret is text with the same keys",
  "no-own-policy": "a resource that is not in the files has no policy of its own",
  "no-unseen-deny": "policies that are not in the files deny nothing that a visible one allows",
  "no-organization-policy": "no service control policy or session policy takes the permission away",
  told: "what `assume` of the configuration says is so",
  "one-deployment": "a unit is deployed to one account and Region",
} as const;

/** The unit of what the configuration tells under `assume`. */
export const TOLD_UNIT = "assume";

export type Assumption = keyof typeof ASSUMPTIONS;

export const assumptionIds = Object.keys(ASSUMPTIONS) as [Assumption, ...Assumption[]];
