/**
 * moto, which imitates AWS well enough to hold an estate (https://docs.getmoto.org), in a virtual environment that is made
 * once for each content of `requirements.txt`, with what its hashes allow.
 */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, realpathSync, renameSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";

const requirements = join(import.meta.dirname, "requirements.txt");
const python = process.platform === "win32" ? ["python", "Scripts/python.exe"] : ["python3", "bin/python"];

/** Milliseconds. On a loaded machine moto needs ten seconds to read the policies that AWS manages. */
const START = 60_000;

export interface Moto {
  readonly url: string;
  /** Where botocore is, whose models of the services came with moto. */
  readonly packages: string;
  readonly stop: () => void;
}

/** The virtual environment; made beside the other packages when it is not there. */
function environment(): string {
  const cache = join(realpathSync(join(import.meta.dirname, "../../node_modules")), ".cache");
  const name = createHash("sha256").update(readFileSync(requirements)).digest("hex").slice(0, 12);
  const folder = join(cache, `moto-${name}`);
  if (existsSync(folder)) return folder;
  const made = `${folder}.${process.pid}`;
  mkdirSync(cache, { recursive: true });
  try {
    execFileSync(python[0] as string, ["-m", "venv", made]);
    const install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--only-binary", ":all:"];
    execFileSync(join(made, python[1] as string), [...install, "--require-hashes", "-r", requirements]);
    if (!existsSync(folder)) renameSync(made, folder);
  } finally {
    rmSync(made, { recursive: true, force: true });
  }
  return folder;
}

/** Starts moto on a free port of the loopback. Throws when Python 3, or what is to be installed, is missing. */
export async function startMoto(): Promise<Moto> {
  const folder = environment();
  const executable = join(folder, python[1] as string);
  const script = "import sysconfig; print(sysconfig.get_paths()['purelib'])";
  const packages = execFileSync(executable, ["-c", script], { encoding: "utf8" }).trim();
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const server = spawn(executable, ["-m", "moto.server", "-H", "127.0.0.1", "-p", String(port)], {
    env: { ...process.env, MOTO_IAM_LOAD_MANAGED_POLICIES: "true", PYTHONWARNINGS: "ignore" },
    stdio: ["ignore", "ignore", "pipe"],
  });
  const stop = () => void server.kill("SIGKILL");
  process.once("exit", stop);
  await answers(url, server);
  return { url, packages, stop };
}

async function answers(url: string, server: ChildProcess): Promise<void> {
  let said = "";
  server.stderr?.on("data", (text: Buffer) => {
    said = `${said}${text}`.slice(-2000);
  });
  const end = Date.now() + START;
  while (Date.now() < end) {
    if (server.exitCode !== null) throw new Error(`moto ended: ${said}`);
    const response = await fetch(`${url}/moto-api/data.json`).catch(() => undefined);
    if (response?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  server.kill("SIGKILL");
  throw new Error(`moto did not start: ${said}`);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no free port");
  return address.port;
}
