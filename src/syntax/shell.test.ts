import { expect, test } from "vitest";
import { type PlainWords, readScript, type ShellWord } from "./shell.ts";

function script(text: string, steps = 1_000, isWanted: (words: PlainWords) => boolean = () => true) {
  const file = { path: "deploy.sh", text };
  return readScript({ file, text, offsets: (index) => index }, { own: steps, purse: { left: 0 } }, isWanted);
}

const shown = ({ pieces }: ShellWord): string =>
  pieces
    .map((piece) => {
      if (piece.kind === "text") return piece.text;
      return piece.kind === "variable" ? `<${piece.name}>` : `<${piece.of()?.words.map(shown).join(" ") ?? "?"}>`;
    })
    .join("");

const commands = (text: string) => script(text).commands.map(({ words }) => words.map(shown));

test("commands are read word by word, whatever they are nested in", () => {
  expect(commands('if true; then a "b c" d\\ e; fi && (f || g); for x in 1 2; do h "$x"; done')).toEqual([
    ["true"],
    ["a", "b c", "d e"],
    ["f"],
    ["g"],
    ["h", "<x>"],
  ]);
  expect(commands("a \\\n  --b 'c'\n# comment\n")).toEqual([["a", "--b", "c"]]);
  expect(commands("run() { a b; }\nrun")).toEqual([["a", "b"], ["run"]]);
});

test("what the shell puts in is a piece that says what it is", () => {
  expect(commands("a \"$B-$(c d)\" ${E} '$F' `g`")).toContainEqual(["a", "<B>-<c d>", "<E>", "$F", "<g>"]);
  expect(commands("a ${B%.json}")).toEqual([["a", "<?>"]]);
  const [word] = script("a ${B:-c}").commands[0]?.words.slice(1) ?? [];
  const [piece] = word?.pieces ?? [];
  expect(piece?.kind === "variable" && piece.otherwise && shown(piece.otherwise)).toBe("c");
});

test("a word and its pieces are where they are written", () => {
  const text = "aws --name 'a'\"$B\"c";
  const [, , word] = script(text).commands[0]?.words ?? [];
  expect(word?.pieces.map(({ at }) => text.slice(at.start, at.end))).toEqual(["a", "$B", "c"]);
  expect(word && text.slice(word.at.start, word.at.end)).toBe("'a'\"$B\"c");
});

test("heredocs and redirections belong to their command", () => {
  const [command] = script('cat > "$F" <<EOF\n{"a": "$B"}\nEOF\n').commands;
  expect([command?.to, command?.heredoc].map((word) => word && shown(word))).toEqual(["<F>", '{"a": "<B>"}\n']);
  const [plain] = script("cat <<'EOF'\n$B\nEOF\n").commands;
  expect(plain?.heredoc && shown(plain.heredoc)).toBe("$B\n");
});

test("variables have the only value that they are given", () => {
  const { assigned } = script("A=1\nexport B='x y'\nfor C in 1 2; do A=2; done\nread D\n");
  const values = Object.fromEntries([...assigned].map(([name, word]) => [name, word && shown(word)]));
  expect(values).toEqual({ A: undefined, B: "x y", C: undefined, D: undefined });
});

test("what is no script of the shell is no error", () => {
  expect(() => script("if (( ; do }} <<< '\"")).not.toThrow();
});

test("only the commands that are wanted by their words become objects, and those that write a file", () => {
  const isWanted = ([first]: PlainWords) => first === undefined || first === "aws";
  const { commands, writing } = script('a b\naws c\n"$D" e\nf > g\nh 2> i\n', 1_000, isWanted);
  expect(commands.map(({ words }) => words.map(shown))).toEqual([
    ["aws", "c"],
    ["<D>", "e"],
  ]);
  expect(writing.map(({ words }) => words.map(shown))).toEqual([["f"]]);
});

test("brackets that are words may be in each other as deep as they like", () => {
  for (const [open, close] of [
    ["{a,", "}"],
    ["@(", ")"],
  ] as const) {
    const { commands, end } = script(`echo ${open.repeat(1_000)}$(aws)${close.repeat(1_000)}\n`, 1_000_000);
    expect([commands.at(-1)?.words.map(shown), end]).toEqual([["aws"], undefined]);
  }
});

test("what is nested is paid for at each level, and a long script by its length", () => {
  const spent = (text: string): number => {
    const allowance = { own: 1_000_000, purse: { left: 0 } };
    readScript({ file: { path: "a.sh", text }, text, offsets: (index) => index }, allowance, () => true);
    return 1_000_000 - allowance.own;
  };
  const flat = (length: number) => `echo ${"x".repeat(length)}`;
  const nested = (depth: number, length: number) => `${"$(a ".repeat(depth)}${flat(length)}${")".repeat(depth)}`;
  expect(spent(nested(20, 32_000))).toBeGreaterThan(20 * spent(flat(32_000)));
  expect(spent("echo a\n".repeat(10_000)) / spent("echo a\n".repeat(1_000))).toBeLessThan(11);
});

test("a script that can't be paid for ends where it is used up, and one of many heredocs before it is parsed", () => {
  const text = "a b\n".repeat(100);
  const { commands, end } = script(text, 100);
  expect(commands.length).toBeGreaterThan(10);
  expect(end && end.start > 0 && end.start < text.length).toBe(true);
  const heredocs = script("cat <<A ".repeat(10_000), 100_000);
  expect([heredocs.commands, heredocs.end?.start]).toEqual([[], 0]);
});

test.each([
  ["commands in words", "$(", ")"],
  ["commands in quotes", 'echo "$(', ')"'],
  ["commands in commands", "echo <(a ", ")"],
  ["groups", "{ ", ";}"],
  ["subshells", "( ", " )"],
  ["conditions", "if a; then ", "; fi"],
  ["conditions of conditions", "if ", "; then a; fi"],
  ["loops", "for i in a; do ", "; done"],
  ["loops that wait", "while a; do ", "; done"],
  ["choices", "case a in a) ", ";; esac"],
  ["functions", "f() { ", ";}"],
  ["defaults", "${a:-", "}"],
  ["numbers", "echo $((", "))"],
  ["groups of numbers", "echo $((1", "+1))"],
])("%s that are nested too deep are where a script ends, and what is before them is read", (_, open, close) => {
  const deep = (count: number) => `a\n${open.repeat(count)}aws b${close.repeat(count)}\nc\n`;
  for (const count of [1_000, 10_000]) {
    const text = deep(count);
    const { commands, end } = script(text, 1_000_000);
    expect([commands[0]?.words.map(shown), end && end.start >= 2 && end.start < text.length]).toEqual([["a"], true]);
  }
  expect(script(deep(20)).end).toBeUndefined();
});
