/** What an evaluation answers. */
import { z } from "zod";
import { assumptionIds } from "../assumptions.ts";
import { at, cause } from "./common.ts";

/**
 * What to write. `text` is one sentence. `edits` replace a string at a place; `add` is a statement for a policy, that
 * of the role, secret or key at its `at` (null: no such place is known). Values are plain texts with holes: the format of
 * the file writes them.
 */
const remedy = z.strictObject({
  text: z.string(),
  edits: z.array(
    z.strictObject({
      at,
      text: z.string(),
      /** There for a piece of a string, such as a word of a script, which is put in its place as it is. */
      piece: z.literal(true).optional(),
      /** There when the string is put under that key into the object at the place, which has no such key. */
      key: z.string().optional(),
      /** There when the string at the place, which is `text`, is taken out of its list, where that is in this place. */
      out: at.optional(),
      /** There for the resource of a policy, where `?` are wildcards and no gap to fill in. */
      pattern: z.literal(true).optional(),
      /** There when what is at the place isn't wrong in itself: others that share it may need it as it is. */
      choice: z.literal(true).optional(),
    }),
  ),
  add: z
    .strictObject({
      actions: z.array(z.string()),
      resources: z.array(z.string()),
      at: at.nullable(),
      /**
       * The policy of a role that gets it, where it is not one of its own; `resource` is the policy of the secret or
       * key at `at`, and `policy` the one that is itself at `at`. Absent: one of the role's own.
       */
      to: z.enum(["trust", "boundary", "resource", "policy"]).optional(),
      principal: z.strictObject({ type: z.string(), value: z.string() }).optional(),
    })
    .nullable(),
  /** A copy of the resource at the place, such as an endpoint, for the service `to` in place of `from`. */
  copy: z.strictObject({ at, from: z.string(), to: z.string() }).optional(),
});

const related = z.strictObject({ message: z.string(), at });

/** Ids of secret references that an answer is about. */
const references = z.array(z.string());

/** What an answer takes for granted although no file shows it: ids of the closed list in `facts/assumptions.ts`. */
const assumes = z.array(z.enum(assumptionIds));

/**
 * What the rules answer about a case. Every rule with a link answers each reference that it applies to with exactly one
 * of the three.
 */
export const judgementSchema = z.strictObject({
  findings: z.array(
    z.strictObject({
      rule: z.string(),
      severity: z.enum(["error", "warning", "info"]),
      confidence: z.enum(["certain", "likely"]),
      message: z.string(),
      remedy,
      at,
      related: z.array(related),
      references,
      /** What makes it this finding and no other of the rule and subject; never a line, never a value. */
      names: z.array(z.string()),
      assumes,
    }),
  ),
  /**
   * `reason` says what can't be decided ("can't tell whether `R` may read `S`"); the report adds the cause's own
   * sentence.
   */
  unverified: z.array(z.strictObject({ rule: z.string(), reason: z.string(), at, references, cause })),
  /**
   * This rule's part of the link holds for the references, because of what is at `at`: `because` is a short sentence.
   */
  proofs: z.array(z.strictObject({ rule: z.string(), at, because: z.string(), references, assumes })),
});

export type Judgement = z.infer<typeof judgementSchema>;

export type Severity = Judgement["findings"][number]["severity"];

export type Confidence = Judgement["findings"][number]["confidence"];
