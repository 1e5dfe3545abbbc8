/** What every fact is made of: texts and their holes, causes, and what all resources have. */
import { z } from "zod";
import { causeKinds } from "../causes.ts";

/** An index into the table of places that TypeScript keeps. Rego passes it on and never reads it. */
export const at = z.number().int().nonnegative();

/**
 * A string that a template may compute; unknown pieces are in `value` as holes (`facts/text.ts`). `sensitive` is
 * there when the files mark the value, or a piece of it, as one that must not be shown: the hole of what is marked, or
 * true where that has none. `written` is there when the text is used at `at` and stands somewhere else.
 */
export const text = z.strictObject({
  value: z.string(),
  at,
  sensitive: z.union([z.literal(true), z.string()]).optional(),
  written: at.optional(),
});

/**
 * The one thing that is not known and that an answer hangs on. Equal causes are one line of a report, however many
 * references wait for it. `kind` is one of the table in `facts/causes.ts`, which has the sentence and what would settle
 * it; `name` is what people call the thing, in the words of its file; `unit` is where it is declared, null where that
 * makes no difference.
 */
export const cause = z.strictObject({ kind: z.enum(causeKinds), name: z.string(), unit: z.string().nullable() });

/** A part of a resource that could not be seen, so that the resource is incomplete. */
export const unseen = z.strictObject({ part: z.string(), cause, at });

/**
 * What is known of an unknown piece of text. In texts it is a token, `⟨12⟩` (narrow), `⟨#12⟩` (suffix) or `⟨*12⟩`
 * (wide), and `holes["12"]` is this. Equal tokens are equal values.
 */
export const hole = z.strictObject({
  /**
   * narrow: no colon inside. suffix: exactly the six random letters or digits that Secrets Manager adds to a secret's
   * name. wide: anything, also several fields of an ARN.
   */
  width: z.enum(["narrow", "suffix", "wide"]),
  /** What people call it, as its file spells it: `var.password`, `DbPassword`, `aws_secretsmanager_secret.db.arn`. */
  words: z.string(),
  /**
   * The part of its name that says most about what it holds: `password` for `var.db["password"]`, `token` for
   * `aws_ssm_parameter.token.value`.
   */
  term: z.string(),
  /** The unit that it belongs to; null for what is equal everywhere, such as AWS::Region. */
  unit: z.string().nullable(),
  origin: z.strictObject({
    /**
     * parameter: of CloudFormation. variable: of Terraform. attribute: of a declared resource, known only after it is
     * made. lookup: an attribute of something that is only looked up (a data source), which may be declared as well.
     * import: exported by another stack, or remote state. module: an output of a module that is not in the files.
     * placeholder: filled in by a pipeline. pseudo: AWS::Region and the like. computed: made from the holes `of` by
     * `function`. other: anything else.
     */
    kind: z.enum([
      "parameter",
      "variable",
      "attribute",
      "lookup",
      "import",
      "module",
      "placeholder",
      "pseudo",
      "computed",
      "other",
    ]),
    /** The holes (keys of `holes`) that a computed value is made from. */
    of: z.array(z.string()),
    /** The function or operator of a computed value, else null. */
    function: z.string().nullable(),
    /**
     * Of an attribute or a lookup: the kind of the resource in this schema's words: `secret`, `secret_version`,
     * `parameter`, `role`, …
     */
    resource_kind: z.string().nullable(),
    /** Of an attribute or a lookup: `arn`, `name`, `id`, `value`, or the format's own name for anything else. */
    attribute: z.string().nullable(),
  }),
  /**
   * The declared resource that the value identifies: part of its ARN, its name, its id. Two different ones are two
   * resources, but `X` without the key of an instance may be any `X KEY`.
   */
  identifies: z.string().nullable(),
  /** Of an attribute or lookup of a secret or a parameter: its ARN, as text. */
  arn: z.string().nullable(),
  /**
   * Whether the value is that of a secret (`secret`), of an encrypted SSM parameter (`secure_parameter`), or of another
   * one, which may be secret, too (`parameter`).
   */
  holds: z.enum(["secret", "secure_parameter", "parameter"]).nullable(),
  /** The key of a JSON secret whose value it is, else null. */
  json_key: z.string().nullable(),
  /** Of the id of a machine image that is looked up: the name that it is looked up by, wildcards included. */
  image: z.string().optional(),
  /** Whether nothing can be read from the value about what it is computed from: a checksum, a length, a comparison. */
  digest: z.boolean(),
  /** Whether the files mark it as one that must not be shown. */
  sensitive: z.boolean(),
  cause,
});

/** Every resource: `id` is unique in a run, `address` is what people call it, `unit` is what it is deployed with. */
export const resource = {
  id: z.string(),
  address: z.string(),
  unit: z.string(),
  at,
  unseen: z.array(unseen),
};

/** Evidence that something can't be read. `deleted`: it is scheduled for deletion. `missing`: there is no such thing. */
export const gone = z.strictObject({ how: z.enum(["deleted", "missing"]), at });

/**
 * What is not known, so that something may not be there, or more than once; absent when it certainly is there. What is
 * said of it is at most likely.
 */
export const maybe = cause.optional();

/** The tags of a resource that the files give it; `complete`: it surely has no others. */
export const tags = z.strictObject({
  given: z.array(z.strictObject({ key: z.string(), value: text })),
  complete: z.boolean(),
});

export type Hole = z.infer<typeof hole>;
