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
