/** A headless Chromium, as far as tests and pictures of a page need it: https://chromedevtools.github.io/devtools-protocol/ */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const PLACES = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
];

/** The path of Chromium, by `CHROMIUM` or where distributions have it; undefined when there is none. */
export const chromium = [process.env["CHROMIUM"] ?? "", ...PLACES].find((path) => path !== "" && existsSync(path));

export interface Screen {
  /** In CSS pixels; a narrow one is that of a phone. */
  readonly width: number;
  readonly height: number;
  /** Pixels of a picture for each of them. */
  readonly scale?: number;
  readonly theme?: "light" | "dark";
}

export interface Tab {
  /** Calls a method of the protocol. */
  readonly call: (method: string, params?: object) => Promise<Record<string, unknown>>;
  /** The value of an expression in the page. */
  readonly evaluate: <T>(expression: string) => Promise<T>;
  /** Opens a page and waits until it is there. */
  readonly show: (html: string) => Promise<void>;
  readonly screen: (screen: Screen) => Promise<void>;
  /** Writes what is on the screen to a file, as PNG. */
  readonly save: (path: string) => Promise<void>;
  readonly press: (key: string, code?: number) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Starts a browser with one tab. */
export async function openTab(): Promise<Tab> {
  if (chromium === undefined) throw new Error("There is no Chromium: install it, or give its path in CHROMIUM.");
  const profile = mkdtempSync(join(tmpdir(), "chromium-"));
  const flags = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"];
  const browser = spawn(
    chromium,
    [...flags, "--remote-debugging-port=0", `--user-data-dir=${profile}`, "about:blank"],
    {
      stdio: ["ignore", "ignore", "pipe"],
    },
  );
  const address = await listening(browser);
  const pages = (await (await fetch(`http://${new URL(address).host}/json/list`)).json()) as {
    readonly type: string;
    readonly webSocketDebuggerUrl: string;
  }[];
  const page = pages.find(({ type }) => type === "page");
  const socket = new WebSocket(page?.webSocketDebuggerUrl ?? address);
  await new Promise((resolve, reject) => {
    socket.addEventListener("open", resolve);
    socket.addEventListener("error", reject);
  });
  return { ...speak(socket, join(profile, "page.html")), close: () => stop(browser, profile) };
}

async function listening(browser: ChildProcess): Promise<string> {
  let said = "";
  return new Promise((resolve, reject) => {
    browser.stderr?.on("data", (data) => {
      said += String(data);
      const found = /DevTools listening on (\S+)/.exec(said)?.[1];
      if (found) resolve(found);
    });
    browser.on("exit", () => reject(new Error(`Chromium ended: ${said}`)));
  });
}

async function stop(browser: ChildProcess, profile: string): Promise<void> {
  const ended = new Promise((resolve) => browser.on("exit", resolve));
  browser.kill("SIGKILL");
  await ended;
  rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}

/** `file` is where the pages are that are shown. */
function speak(socket: WebSocket, file: string): Omit<Tab, "close"> {
  const waiting = new Map<
    number,
    (answer: { result?: Record<string, unknown>; error?: { message: string } }) => void
  >();
  const events = new Map<string, () => void>();
  let last = 0;
  socket.addEventListener("message", ({ data }) => {
    const { id, method, ...answer } = JSON.parse(String(data));
    waiting.get(id)?.(answer);
    waiting.delete(id);
    events.get(method)?.();
  });
  const call: Tab["call"] = (method, params = {}) =>
    new Promise((resolve, reject) => {
      const id = ++last;
      waiting.set(id, ({ result, error }) => (error ? reject(new Error(error.message)) : resolve(result ?? {})));
      socket.send(JSON.stringify({ id, method, params }));
    });
  const evaluate = async <T>(expression: string): Promise<T> => {
    const { result, exceptionDetails } = await call("Runtime.evaluate", { expression, returnByValue: true });
    if (exceptionDetails) throw new Error(JSON.stringify(exceptionDetails));
    return (result as { readonly value: T }).value;
  };
  return {
    call,
    evaluate,
    show: async (html) => {
      writeFileSync(file, html);
      await call("Page.enable");
      const loaded = new Promise<void>((resolve) => events.set("Page.loadEventFired", resolve));
      await call("Page.navigate", { url: `file://${file}` });
      await loaded;
    },
    screen: async ({ width, height, scale = 1, theme = "light" }) => {
      const metrics = { width, height, deviceScaleFactor: scale, mobile: width < 500 };
      await call("Emulation.setDeviceMetricsOverride", metrics);
      await call("Emulation.setEmulatedMedia", { features: [{ name: "prefers-color-scheme", value: theme }] });
    },
    save: async (path) => {
      const { data } = await call("Page.captureScreenshot");
      writeFileSync(path, Buffer.from(String(data), "base64"));
    },
    press: async (key, code = 0) => {
      const text = key === " " ? { text: " " } : key === "Enter" ? { text: "\r" } : {};
      const both = { key, windowsVirtualKeyCode: code, code: key === " " ? "Space" : key };
      await call("Input.dispatchKeyEvent", { type: "keyDown", ...both, ...text });
      await call("Input.dispatchKeyEvent", { type: "keyUp", ...both });
    },
  };
}
