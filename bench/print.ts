/** Tables of Markdown. */

export const print = (line: string) => process.stdout.write(`${line}\n`);
export const row = (...cells: readonly string[]) => print(`| ${cells.join(" | ")} |`);
export const head = (title: string, ...cells: readonly string[]) => {
  print(`\n## ${title}\n`);
  row(...cells);
  row("---", ...cells.slice(1).map(() => "---:"));
};
export const ms = (value: number) => `${value.toFixed(value < 100 ? 1 : 0)} ms`;
export const times = (value: number) => `${value.toFixed(2)} ×`;
export const megabytes = (characters: number) => `${(characters / 1e6).toFixed(characters < 1e6 ? 2 : 1)} MB`;
