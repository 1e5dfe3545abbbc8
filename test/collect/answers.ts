/** What a report says of each reference, as far as files and an account can both tell. */

interface Report {
  readonly references: readonly {
    readonly job: string;
    readonly name: string;
    readonly links: Readonly<Record<string, { readonly state: string }>>;
  }[];
}

/** The content of a secret is in files alone: nothing that is asked reads it. */
const LINKS = ["reference", "role", "trust", "read", "decrypt", "network", "agent"] as const;

export type Answers = Readonly<Record<string, string>>;

/** By the name of the job, without its revision: `plain-bad PASSWORD` → `reference proven, role proven, …, read broken`. */
export function answersIn(json: string): Answers {
  const { references } = JSON.parse(json) as Report;
  return Object.fromEntries(
    references.map(({ job, name, links }) => [
      `${job.replace(/^aws_batch_job_definition\.|:\d+$/g, "")} ${name}`,
      LINKS.map((link) => `${link} ${links[link]?.state}`).join(", "),
    ]),
  );
}
