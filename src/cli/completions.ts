/** Scripts for shells, made from the table of arguments: what can be completed is what can be given. */
import { loadRules } from "../policy/rules.ts";
import { type CommandName, commandNames, listFormats, options, optionsOf, type Shell, shells } from "./command.ts";

const PROGRAM = "batch-secrets-check";

/** An option of the command line with what may follow it: some words, a file or folder, something else, or nothing. */
interface Option {
  readonly name: string;
  readonly accepts: readonly string[] | "file" | "any" | undefined;
}

const FILES: ReadonlySet<unknown> = new Set(["FILE", "DIR"]);

function optionsFor(command: CommandName): readonly Option[] {
  return [...optionsOf[command], "help", "version"].map((name) => {
    const accepts = options[name];
    // Lists of rules are for people or for programs, and nothing else.
    const isList = name === "format" && (command === "rules" || command === "explain");
    if (isList) return { name, accepts: listFormats };
    return { name, accepts: typeof accepts === "string" ? (FILES.has(accepts) ? "file" : "any") : accepts };
  });
}

/** The words behind a command; undefined: files. */
function wordsOf(command: CommandName): readonly string[] | undefined {
  if (command === "explain") return loadRules().map(({ id }) => id);
  if (command === "completions") return shells;
  return command === "rules" || command === "init" ? [] : undefined;
}

/** The script of a shell, ending with a line end. */
export function completions(shell: Shell): string {
  return { bash, zsh, fish }[shell]();
}

function bash(): string {
  const cases = commandNames.map((command) => {
    const all = optionsFor(command);
    const values = all.flatMap(({ name, accepts }) => {
      if (accepts === undefined) return [];
      const list = typeof accepts === "string" ? (accepts === "file" ? "-f" : '-W ""') : `-W "${accepts.join(" ")}"`;
      return [`      --${name}) COMPREPLY=($(compgen ${list} -- "$cur")); return ;;`];
    });
    const words = wordsOf(command);
    const rest = words === undefined ? '-f -- "$cur"' : `-W "${words.join(" ")}" -- "$cur"`;
    return `    ${command})
      case $prev in
${values.join("\n")}
      esac
      options="${all.map(({ name }) => `--${name}`).join(" ")}"
      [[ $cur != -* ]] && COMPREPLY+=($(compgen ${rest})) ;;`;
  });
  return `# ${PROGRAM} completions bash
_batch_secrets_check() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} command= options= word
  COMPREPLY=()
  # Bash parts --format=json into three words.
  if [[ $cur == "=" ]]; then cur=; elif [[ $prev == "=" ]]; then prev=\${COMP_WORDS[COMP_CWORD-2]}; fi
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case $word in
      ${commandNames.join("|")}) command=$word; break ;;
    esac
  done
  if [[ -z $command && $cur != -* ]]; then COMPREPLY=($(compgen -W "${commandNames.join(" ")}" -- "$cur")); fi
  case \${command:-check} in
${cases.join("\n")}
  esac
  [[ $cur == -* ]] && COMPREPLY=($(compgen -W "$options" -- "$cur"))
  return 0
}
complete -o filenames -F _batch_secrets_check ${PROGRAM}
`;
}

function zsh(): string {
  const specs = (command: CommandName) =>
    optionsFor(command).map(({ name, accepts }) => {
      if (accepts === undefined) return `'--${name}'`;
      const action = accepts === "file" ? "_files" : accepts === "any" ? "" : `(${accepts.join(" ")})`;
      return `'*--${name}[]:${name}:${action}'`;
    });
  const cases = commandNames.map((command) => {
    const words = wordsOf(command);
    const rest = words === undefined ? "_files" : `(${words.join(" ")})`;
    return `    ${command}) _arguments -s ${specs(command).join(" ")} '*:argument:${rest}' ;;`;
  });
  return `#compdef ${PROGRAM}
# ${PROGRAM} completions zsh
_batch_secrets_check() {
  local -a commands=(${commandNames.join(" ")})
  local command=check
  if (( CURRENT > 2 )) && (( \${commands[(Ie)$words[2]]} )); then
    command=$words[2]
    shift words
    (( CURRENT-- ))
  elif (( CURRENT == 2 )) && [[ $words[2] != -* ]]; then
    compadd -- $commands
  fi
  case $command in
${cases.join("\n")}
  esac
}
compdef _batch_secrets_check ${PROGRAM}
`;
}

function fish(): string {
  const own = commandNames.filter((command) => command !== "check").join(" ");
  const lines = commandNames.flatMap((command) => {
    const when =
      command === "check" ? `not __fish_seen_subcommand_from ${own}` : `__fish_seen_subcommand_from ${command}`;
    const words = wordsOf(command);
    return [
      ...optionsFor(command).map(({ name, accepts }) => {
        const how =
          accepts === undefined
            ? ""
            : typeof accepts === "string"
              ? accepts === "file"
                ? " -r -F"
                : " -x"
              : ` -x -a '${accepts.join(" ")}'`;
        return `complete -c ${PROGRAM} -n '${when}' -l ${name}${how}`;
      }),
      ...(words === undefined ? [] : [`complete -c ${PROGRAM} -n '${when}' -f -a '${words.join(" ")}'`]),
    ];
  });
  return `# ${PROGRAM} completions fish
complete -c ${PROGRAM} -n __fish_use_subcommand -a '${commandNames.join(" ")}'
${lines.join("\n")}
`;
}
