/** What a format of files is to the rest of the program: `table.ts` lists them, each is a folder. */
import type { Config } from "../config/config.ts";
import type { Unit } from "../facts/unit.ts";
import type { Purses } from "../purse.ts";
import type { Problem, SourceFile } from "../source.ts";
import type { History } from "../sources/history.ts";
import type { Tree } from "../sources/tree.ts";
import type { Document } from "../syntax/document.ts";
import type { TextValue } from "../syntax/value.ts";
import type { ExpandTag } from "../syntax/yaml/document.ts";
import type { Deployments } from "./deployments.ts";

/** A word of a format, as the source of a regular expression. */
export interface Word {
  readonly word: string;
  /** For a word that is common elsewhere: what the same file must have too, as the source of a regular expression. */
  readonly beside?: string;
}

/** A kind of files of a format, as the examples of the rules and their pages show it. */
export interface Kind {
  /** What a unit of the kind has for `format`. */
  readonly name: string;
  readonly title: string;
  /** How the names of its examples end. */
  readonly ending: RegExp;
}

export interface Run {
  readonly tree: Tree;
  readonly config: Config;
  /** The files that are parsed for all formats, sorted by path. */
  readonly files: readonly SourceFile[];
  /** The paths of the files that a format reads by itself, from the folder. */
  readonly paths: readonly string[];
  /** The deployments of its units, by the configuration. */
  readonly deployments: Deployments;
  /** The files of evidence: what an account answered, which nobody deploys. */
  readonly evidence: ReadonlySet<SourceFile>;
  /** Whether the run is about the account: the job definitions of its evidence are subjects then. */
  readonly ofAccount: boolean;
  /** How its files came about. */
  readonly history: History;
  /** What it can afford for what is short and means a lot. */
  readonly purses: Purses;
}

export interface Read {
  readonly units: readonly Unit[];
  /** The files that it read by itself. */
  readonly files?: readonly SourceFile[];
  /** What is wrong besides the problems of the units. */
  readonly problems?: readonly Problem[];
  /** What was not checked besides the notes of the units. */
  readonly notes?: readonly Problem[];
  /** The paths of other files that are a part of these units: by themselves they are nothing. */
  readonly taken?: ReadonlySet<string>;
}

/** Reads the documents of one format. It lets values go soon: they need ten times the memory of their text. */
export interface Reader {
  /** Adds the documents of a file. Files come in the order of their paths. */
  readonly add: (documents: readonly Document[]) => void;
  /** The units of everything that was added. `taken` are files that belong to earlier formats of the table. */
  readonly read: (taken: ReadonlySet<string>) => Read | Promise<Read>;
}

export interface Format {
  readonly name: string;
  /** What it is shown as; nothing for a format without examples. The first kind of the table counts for an ending. */
  readonly kinds?: readonly Kind[];
  /** A file with none of these words holds no resource of the format. They are ASCII. */
  readonly words: readonly Word[];
  /**
   * A file that can't be parsed is a problem only if it has one of these, the source of a regular expression: the loss
   * of any other hides neither a job, nor a secret, nor who may read it.
   */
  readonly telling?: string;
  /** Words that only files about Batch have, the source of a regular expression. */
  readonly batch?: string;
  /** Tags of YAML by which the format abbreviates objects. */
  readonly expandTag?: ExpandTag;
  /** Whether a document is of this format. The first format of the table that says so gets it. */
  readonly recognises: (document: Document) => boolean;
  /** Documents of the format that are strings of another document. */
  readonly inside?: (document: Document) => readonly TextValue[];
  /** Whether a run has something to read even without a document. */
  readonly starts?: (run: Run) => boolean;
  /** Whether a file that can't be parsed is a template that the format renders, if it starts. */
  readonly renders?: (file: SourceFile, run: Run) => boolean;
  /** Loads what reads the format: only where there is something to read. */
  readonly open: (run: Run) => Promise<Reader>;
}
