/** What is wrong with a block of shell in the documents: commands that are not there, variables that nobody reads. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import * as z from 'zod/mini';
import { readConfig, RELAY_VARIABLES } from '../../../partykit/env.ts';

const packageSchema = z.object({ scripts: z.record(z.string(), z.string()) });

/** Of npm itself; those that begin a package's own script are looked up there. */
const NPM = ['ci', 'install', 'pack'];
const OWN_SCRIPTS = ['start', 'test'];
/** What whoever runs a server has, or the recipe that names it is about. */
const PROGRAMS = ['cd', 'cp', 'curl', 'mkdir', 'openssl', 'php'];

const ASSIGNMENT = /^(?<name>[A-Za-z_]\w*)=(?<value>'[^']*'|"(?:[^"\\]|\\.)*"|\S*)\s*/;
/** Words in quotes hold what is said to others, not commands. */
const WORD = /'[^']*'|"(?:[^"\\]|\\.)*"|\S+/g;

export class Shell {
  readonly #root: string;
  readonly #scripts: readonly string[];
  readonly #variables: ReadonlySet<string>;

  /** @param root the folder of the project */
  constructor(root: string) {
    this.#root = root;
    const read = (path: string): string => readFileSync(join(root, path), 'utf8');
    this.#scripts = Object.keys(packageSchema.parse(JSON.parse(read('package.json'))).scripts);
    const listed = read('.env.example').matchAll(/^#?([A-Z][A-Z0-9_]*)=/gm);
    this.#variables = new Set([...listed].map(([, name = '']) => name));
  }

  /** A line for each mistake. */
  check(code: string): readonly string[] {
    const used = [...code.matchAll(/\$([A-Z][A-Z0-9_]*)/g)].map(([, name = '']) => this.#variable(name));
    const lines = code.replaceAll(/\\\n\s*/g, ' ').split('\n');
    return [...used, ...lines.map((line) => this.#line(line))].flat();
  }

  /** Scripts that the text around the samples tells readers to run. */
  npmScripts(text: string): readonly string[] {
    const named = [...text.matchAll(/npm run ([\w:-]+)/g)].map(([, name = '']) => name);
    return named.filter((name) => !this.#scripts.includes(name));
  }

  #line(line: string): readonly string[] {
    const wrong: string[] = [];
    const values: string[] = [];
    let rest = line.replace(/^\s*#.*$/, '').trim();
    for (let found = ASSIGNMENT.exec(rest); found?.groups; found = ASSIGNMENT.exec(rest)) {
      wrong.push(...this.#variable(found.groups['name'] ?? ''));
      // What another command makes is not known here.
      if (!found[0].includes('$')) values.push(found[0].trim());
      rest = rest.slice(found[0].length);
    }
    wrong.push(...this.#values(values));
    return [...wrong, ...rest.split(/\s*&&\s*/).flatMap((command) => this.#command(command))];
  }

  #command(command: string): readonly string[] {
    const [program, ...words] = command.match(WORD) ?? [];
    const config = words[words.indexOf('--config') + 1] ?? '';
    if (words.includes('--config') && !existsSync(join(this.#root, config))) return [`no file ${config}`];
    const [first = '', second = ''] = words;
    if (program === undefined || PROGRAMS.includes(program)) return [];
    if (program === 'npm' && NPM.includes(first)) return [];
    const script = first === 'run' ? second : OWN_SCRIPTS.find((name) => name === first);
    if (program === 'npm' && script !== undefined && this.#scripts.includes(script)) return [];
    if (program === 'npx' && existsSync(join(this.#root, 'node_modules/.bin', first))) return [];
    return [`no command ${command}`];
  }

  #variable(name: string): readonly string[] {
    return this.#variables.has(name) ? [] : [`nothing reads ${name}`];
  }

  /** One line may hold half of what an agent service needs, so that only what is set is asked for its form. */
  #values(lines: readonly string[]): readonly string[] {
    const set = Object.entries(parseEnv(lines.join('\n'))).filter(([name]) => RELAY_VARIABLES.includes(name));
    const read = readConfig({ AST_URL: 'http://localhost', ...Object.fromEntries(set) });
    const names = set.map(([name]) => name);
    return read.ok ? [] : read.failure.filter((line) => names.some((name) => line.startsWith(`${name} `)));
  }

  /** A block of nothing but variables is there to be copied whole: the relay starts with it. */
  settings(code: string): readonly string[] {
    const read = readConfig(parseEnv(code));
    return read.ok ? [] : read.failure;
  }
}

/** Of nothing but variables and comments. */
export function isSettings(code: string): boolean {
  return code.split('\n').every((line) => /^(?:#.*|[A-Z][A-Z0-9_]*=('[^']*'|"[^"$]*"|[^\s$]*)|)$/.test(line));
}
