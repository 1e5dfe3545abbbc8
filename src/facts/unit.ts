/** A unit: what a format hands over of what is deployed together. */
import type { Place, Problem } from "../source.ts";
import type { Cause } from "./causes.ts";
import type { Resources } from "./resources.ts";
import type { Case } from "./schema.ts";
import type { LocalNames, Where, Writer } from "./writing.ts";

/** A deployment of a unit that the configuration doesn't have, with the values of a file. */
export interface Suggested {
  readonly name: string;
  readonly unit: string;
  /** The setting that names such files. */
  readonly key: "var-files" | "parameters";
  readonly path: string;
}

/** One of the deployments of what is written once. */
export interface Deployed {
  /** Its name in the configuration, or what the files themselves distinguish it by. */
  readonly name: string;
  /** The id of the unit without the deployment, which all its deployments share. */
  readonly of: string;
  /** What it is given, by the names of variables and parameters: where the messages of two deployments may differ. */
  readonly values: ReadonlyMap<string, string>;
}

/** What is deployed together and shares a namespace. */
export interface Unit {
  readonly id: string;
  readonly format: string;
  readonly deployment?: Partial<Case["deployment"]>;
  /** The deployment that it is read for; left out where nothing distinguishes any. */
  readonly deployed?: Deployed;
  readonly write: (place: Place) => Writer;
  /**
   * Whether its names are looked up in all other units of which this is so: a folder of raw files is where somebody
   * keeps them, not what is deployed together.
   */
  readonly sharesNames?: boolean;
  /** Whether it has no jobs, and is read only for what it declares and adds to other units. */
  readonly isContext?: boolean;
  /** Whether it is what an account answered, and no file of it is deployed. */
  readonly isEvidence?: boolean;
  readonly resources: Resources;
  /** How the unit writes holes and symbolic ARNs: `⟨AWS.Region⟩` → `${AWS::Region}`, a secret's ARN → `${Secret}`. */
  readonly spellings: ReadonlyMap<string, string>;
  /** Where a unit is made of several modules: what can be named in one can't in another. */
  readonly namesAt?: (where: Where) => LocalNames;
  /** What holes of its texts stand for as far as names tell, by their insides: the text, and why it may be another. */
  readonly perhaps?: ReadonlyMap<string, Perhaps>;
  /** The unit that gives it a string, by an export or a state that it surely reads: there it means what it says. */
  readonly givenBy?: (text: string) => string | undefined;
  /** The outputs of a stack, which others may read. */
  readonly outputs?: readonly Output[];
  /** Strings that its values have from defaults of its variables or parameters. */
  readonly defaults?: ReadonlySet<string>;
  readonly problems: readonly Problem[];
  /** Those of the problems for which the service refuses what is read completely. */
  readonly refused?: ReadonlySet<Problem>;
  /** What was not checked and is no mistake of the files. */
  readonly notes?: readonly Problem[];
  /** Deployments that the configuration could have of it, by files with values that nothing uses. */
  readonly suggested?: readonly Suggested[];
  /** Ranges that hold secret values: never printed, whatever is shown around them. */
  readonly sensitive: readonly Place[];
}

export interface Perhaps {
  readonly text: string;
  /** Null where nothing else can be meant. */
  readonly doubt: Cause | null;
}

/** An output of a stack that is an ARN or ids, which are no secret. */
export interface Output {
  readonly name: string;
  readonly value: string;
  /** What people call what gives it. */
  readonly address: string;
  /** The name by which others import it, null where it has none. */
  readonly exported: string | null;
}
