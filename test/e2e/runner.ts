/**
 * Runs the action as the runner of GitHub does: a process of its own, inputs and event in variables and files, commands
 * on its output.
 */
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { token } from "../fake-github/server.ts";

export interface Step {
  readonly workspace: string;
  readonly event: string;
  readonly payload: unknown;
  readonly sha: string;
  /** `refs/heads/main`; undefined: GitHub names none, or the test doesn't care. */
  readonly ref?: string;
  readonly actor?: string;
  /** Of the API; without one the action must not need it. */
  readonly api?: string;
  /** By name as in `action.yml`. */
  readonly inputs?: Readonly<Record<string, string>>;
  /** Further variables of the runner. */
  readonly environment?: Readonly<Record<string, string>>;
}

export interface Annotation {
  readonly level: "error" | "warning" | "notice";
  readonly message: string;
  readonly title?: string;
  readonly file?: string;
  readonly line?: string;
}

export interface Outputs {
  readonly verdict?: string;
  readonly violations?: string;
  readonly unverified?: string;
  readonly "report-file"?: string;
}

export interface Outcome {
  readonly code: number | null;
  readonly log: string;
  readonly annotations: readonly Annotation[];
  readonly outputs: Outputs;
  readonly summary: string;
  /** The JSON report. */
  readonly report: unknown;
  /** Everything that left the process, in one text. */
  readonly all: string;
}

const project = fileURLToPath(new URL("../..", import.meta.url));
const built = join(project, "dist", "index.js");

/** Runs the built action, or its source as long as it isn't built. */
export async function runAction(step: Step): Promise<Outcome> {
  const { workspace, event, payload, sha, ref, actor, api, inputs } = step;
  const temporary = mkdtempSync(join(tmpdir(), "batch-secrets-check-runner-"));
  try {
    const file = (name: string, text = ""): string => {
      writeFileSync(join(temporary, name), text);
      return join(temporary, name);
    };
    const given = { "github-token": token, ...inputs };
    const environment = {
      CI: "true",
      GITHUB_ACTIONS: "true",
      GITHUB_ACTOR: actor ?? "monalisa",
      GITHUB_API_URL: api ?? "http://127.0.0.1:9",
      GITHUB_EVENT_NAME: event,
      GITHUB_EVENT_PATH: file("event.json", JSON.stringify(payload)),
      GITHUB_OUTPUT: file("output"),
      GITHUB_REF: ref ?? "",
      GITHUB_REPOSITORY: "octo/jobs",
      GITHUB_SERVER_URL: "https://github.example.com",
      GITHUB_SHA: sha,
      GITHUB_STEP_SUMMARY: file("summary"),
      GITHUB_WORKSPACE: workspace,
      RUNNER_TEMP: temporary,
      ...Object.fromEntries(Object.entries(given).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])),
      ...step.environment,
    };
    const { code, stdout, stderr } = await run(environment, workspace);
    const outputs = readOutputs(readFileSync(join(temporary, "output"), "utf8"));
    const summary = readFileSync(join(temporary, "summary"), "utf8");
    const reportFile = outputs["report-file"];
    const report = reportFile && existsSync(reportFile) ? readFileSync(reportFile, "utf8") : "null";
    const all = [stdout, stderr, summary, JSON.stringify(outputs), report].join("\n");
    return {
      code,
      log: `${stdout}${stderr}`,
      annotations: readAnnotations(stdout),
      outputs,
      summary,
      report: JSON.parse(report),
      all,
    };
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

function run(
  env: Readonly<Record<string, string | undefined>>,
  cwd: string,
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [existsSync(built) ? built : join(project, "src", "action.ts")], { env, cwd });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject).on("close", (code) => resolve({ code, stdout, stderr }));
  });
}

/** Reads `name<<delimiter`, the value and the delimiter, as the runner reads its output file. */
function readOutputs(text: string): Outputs {
  const outputs: Record<string, string> = {};
  const lines = text.split("\n");
  for (let at = 0; at < lines.length; at++) {
    const [name, delimiter] = lines[at]?.split("<<") ?? [];
    if (name === undefined || delimiter === undefined) continue;
    const end = lines.indexOf(delimiter, at + 1);
    outputs[name] = lines.slice(at + 1, end).join("\n");
    at = end;
  }
  return outputs;
}

/**
 * The annotations that the runner would make: commands count only while commands are not stopped
 * (https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands).
 */
export function readAnnotations(output: string): Annotation[] {
  const annotations: Annotation[] = [];
  let stopped: string | undefined;
  for (const line of output.split(/\r\n|[\r\n]/)) {
    const [, command = "", properties = "", message = ""] = /^\s*::([\w-]+)(?: (.*?))?::(.*)$/.exec(line) ?? [];
    if (stopped !== undefined) {
      if (line.trim() === `::${stopped}::`) stopped = undefined;
    } else if (command === "stop-commands") {
      stopped = message;
    } else if (command === "error" || command === "warning" || command === "notice") {
      const pairs = properties.split(",").map((pair): [string, string] => {
        const [name = "", ...value] = pair.split("=");
        return [name, decode(value.join("="))];
      });
      annotations.push({
        level: command,
        message: decode(message),
        ...Object.fromEntries(pairs.filter(([name]) => name !== "")),
      });
    } else if (command !== "" && command !== "debug") {
      throw new Error(`the runner would obey ${line}`);
    }
  }
  return annotations;
}

function decode(text: string): string {
  return text
    .replaceAll("%3A", ":")
    .replaceAll("%2C", ",")
    .replaceAll("%0D", "\r")
    .replaceAll("%0A", "\n")
    .replaceAll("%25", "%");
}
