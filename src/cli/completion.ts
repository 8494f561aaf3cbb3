import type { Command, Option } from 'commander';

export type Shell = 'bash' | 'zsh' | 'fish';

interface Word {
  readonly name: string;
  readonly description: string;
}

/** A command of the tree: its path below the program, its subcommands and its options. */
interface Node {
  readonly path: readonly string[];
  readonly commands: readonly Word[];
  readonly options: readonly Word[];
}

/** A completion script for the shell, made from the commands themselves. */
export function completionScript(program: Command, shell: Shell): string {
  const nodes = walk(program, [], []);
  const name = program.name();
  if (shell === 'bash') return bash(name, nodes);
  return shell === 'zsh' ? zsh(name, nodes) : fish(name, nodes);
}

function walk(command: Command, path: readonly string[], inherited: readonly Option[]): Node[] {
  const visible = command
    .createHelp()
    .visibleCommands(command)
    .filter((child) => child.name() !== 'help');
  const options = [...command.options, ...inherited].filter((option) => !option.hidden && option.long);
  const node: Node = {
    path,
    commands: visible.map((child) => ({ name: child.name(), description: child.summary() || child.description() })),
    options: [
      ...options.map((option) => ({ name: option.long ?? '', description: option.description })),
      { name: '--help', description: 'Show help' },
    ],
  };
  return [node, ...visible.flatMap((child) => walk(child, [...path, child.name()], []))];
}

/** The path typed so far, found by taking the words that are commands; options and their values are no commands. */
function bash(name: string, nodes: readonly Node[]): string {
  const cases = nodes.map((node) => {
    const words = [...node.commands, ...node.options].map((word) => word.name).join(' ');
    return `    '${node.path.join(' ')}') words='${words}' ;;`;
  });
  const paths = nodes.filter((node) => node.path.length > 0).map((node) => `'${node.path.join(' ')}'`);
  return `# bash completion for ${name}: source <(${name} completion bash)
_${name}() {
  local current="\${COMP_WORDS[COMP_CWORD]}" path='' words='' index candidate
  for ((index = 1; index < COMP_CWORD; index++)); do
    candidate="\${path:+$path }\${COMP_WORDS[index]}"
    case "$candidate" in
    ${paths.join(' | ')}) path="$candidate" ;;
    esac
  done
  case "$path" in
${cases.join('\n')}
  esac
  case "$current" in
  -*) ;;
  *) words="\${words%%--*}" ;;
  esac
  COMPREPLY=()
  # Not mapfile: macOS has bash 3.2.
  while IFS= read -r candidate; do COMPREPLY+=("$candidate"); done < <(compgen -W "$words" -- "$current")
  [ \${#COMPREPLY[@]} -eq 0 ] || return 0
  while IFS= read -r candidate; do COMPREPLY+=("$candidate"); done < <(compgen -f -- "$current")
}
complete -F _${name} ${name}
`;
}

function zsh(name: string, nodes: readonly Node[]): string {
  const quote = (text: string): string => `'${text.replaceAll("'", "'\\''").replaceAll(':', '\\:')}'`;
  const describe = (words: readonly Word[]): string =>
    words.map((word) => quote(word.name).slice(0, -1) + `:${quote(word.description).slice(1)}`).join(' ');
  const cases = nodes.map(
    (node) =>
      `    '${node.path.join(' ')}') commands=(${describe(node.commands)}); options=(${describe(node.options)}) ;;`,
  );
  const paths = nodes.filter((node) => node.path.length > 0).map((node) => `'${node.path.join(' ')}'`);
  return `#compdef ${name}
# zsh completion for ${name}: ${name} completion zsh > "\${fpath[1]}/_${name}"
_${name}() {
  local entered='' candidate word
  local -a commands options
  for word in "\${(@)words[2,CURRENT-1]}"; do
    candidate="\${entered:+$entered }$word"
    case "$candidate" in
    ${paths.join('|')}) entered="$candidate" ;;
    esac
  done
  case "$entered" in
${cases.join('\n')}
  esac
  if [[ "\${words[CURRENT]}" == -* ]]; then _describe option options
  elif (( \${#commands} )); then _describe command commands
  else _files
  fi
}
if [ "$funcstack[1]" = "_${name}" ]; then _${name} "$@"; else compdef _${name} ${name}; fi
`;
}

function fish(name: string, nodes: readonly Node[]): string {
  const quote = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
  const lines = nodes.flatMap((node) => {
    const seen = node.path.map((word) => `__fish_seen_subcommand_from ${word}`);
    const children = node.commands.map((word) => word.name).join(' ');
    const atNode = seen.length > 0 ? seen.join('; and ') : 'true';
    const notBelow = children === '' ? atNode : `${atNode}; and not __fish_seen_subcommand_from ${children}`;
    return [
      ...node.commands.map(
        (word) => `complete -c ${name} -f -n ${quote(notBelow)} -a ${word.name} -d ${quote(word.description)}`,
      ),
      ...node.options.map(
        (word) => `complete -c ${name} -n ${quote(notBelow)} -l ${word.name.slice(2)} -d ${quote(word.description)}`,
      ),
    ];
  });
  return `# fish completion for ${name}: ${name} completion fish > ~/.config/fish/completions/${name}.fish\n${lines.join('\n')}\n`;
}
