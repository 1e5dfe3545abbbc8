/** Loads the AWS SDK, which takes longer than everything else, and signs in: whoever asks AWS begins here. */
import type { Aws, AwsOptions } from "./client.ts";

export type { AwsOptions };

/** Throws a sentence when there are no credentials, or none that AWS accepts. */
export async function openAws(options: AwsOptions): Promise<Aws> {
  return (await import("./client.ts")).openAws(options);
}
