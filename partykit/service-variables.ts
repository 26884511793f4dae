/** The variables that say which agent service answers: what each may be, and what they are together. */
import type * as z from 'zod/mini';
import { fail, succeed, type Result } from '#protocol';
import type { ServiceConfig } from './upstream/service.ts';
import * as variable from './variable.ts';

/** Roughly 6,000 tokens of most languages. */
const HISTORY_CHARS = 24_000;

export const serviceVariables = {
  UPSTREAM: variable.choice('ast', 'openai', 'ag-ui'),
  UPSTREAM_HEADERS: variable.headers,
  AST_URL: variable.serviceUrl,
  AST_API_KEY: variable.serviceKey,
  AST_DIALECT: variable.choice('workflow', 'agent'),
  AST_WORKFLOW: variable.text,
  AST_AGENT: variable.text,
  AST_HISTORY: variable.choice('on', 'off'),
  OPENAI_BASE_URL: variable.serviceUrl,
  OPENAI_API_KEY: variable.serviceKey,
  OPENAI_MODEL: variable.text,
  OPENAI_SYSTEM_PROMPT: variable.text,
  OPENAI_HISTORY_CHARS: variable.wholeNumber('characters', HISTORY_CHARS, 0),
  AGUI_URL: variable.serviceUrl,
  AGUI_API_KEY: variable.serviceKey,
  AGUI_HISTORY_CHARS: variable.wholeNumber('characters', HISTORY_CHARS, 0),
};

type Variables = {
  readonly [Name in keyof typeof serviceVariables]: z.infer<(typeof serviceVariables)[Name]>;
};

/** Which of them a service takes, beside those that are for all. */
const PREFIXES = { ast: 'AST_', openai: 'OPENAI_', 'ag-ui': 'AGUI_' } as const;

/** Whether a variable matters to the service that was chosen: one of another service may be wrong and does no harm. */
export function isOfService(name: string, upstream: keyof typeof PREFIXES): boolean {
  return Object.entries(PREFIXES).every(([kind, prefix]) => kind === upstream || !name.startsWith(prefix));
}

/**
 * Undefined where no service is configured.
 * @param isWrong says of a variable that it was set, and cannot be used: it is not missing
 */
export function serviceOf(
  variables: Variables,
  isWrong: (name: string) => boolean,
): Result<ServiceConfig | undefined, readonly string[]> {
  const problems: string[] = [];
  const required = (name: 'AST_URL' | 'OPENAI_BASE_URL' | 'OPENAI_MODEL' | 'AGUI_URL'): string => {
    const value = variables[name];
    if (value === undefined && !isWrong(name)) problems.push(`${name} is not set`);
    return value ?? '';
  };
  const access = (url: string, key: 'AST_API_KEY' | 'OPENAI_API_KEY' | 'AGUI_API_KEY') => {
    const headers = variables.UPSTREAM_HEADERS;
    if (variables[key] !== undefined && 'authorization' in headers)
      problems.push(`${key} and an Authorization in UPSTREAM_HEADERS are both set: unset one of them`);
    return { url, apiKey: variables[key], headers };
  };
  // Without `UPSTREAM` the address alone says that there is a service.
  const upstream = variables.UPSTREAM ?? (variables.AST_URL === undefined ? undefined : 'ast');
  const config = ((): ServiceConfig | undefined => {
    switch (upstream) {
      case undefined:
        return undefined;
      case 'ast': {
        const hasHistory = variables.AST_HISTORY === 'on';
        const service = { ...access(required('AST_URL'), 'AST_API_KEY'), hasHistory };
        return variables.AST_DIALECT === 'agent'
          ? { kind: 'ast-agent', ...service, agent: variables.AST_AGENT }
          : { kind: 'ast-workflow', ...service, workflow: variables.AST_WORKFLOW ?? 'wf_ivy' };
      }
      case 'openai':
        return {
          kind: 'openai',
          // As it stands in many a guide.
          ...access(required('OPENAI_BASE_URL').replace(/\/chat\/completions$/, ''), 'OPENAI_API_KEY'),
          model: required('OPENAI_MODEL'),
          systemPrompt: variables.OPENAI_SYSTEM_PROMPT,
          historyChars: variables.OPENAI_HISTORY_CHARS,
        };
      case 'ag-ui':
        return {
          kind: 'ag-ui',
          ...access(required('AGUI_URL'), 'AGUI_API_KEY'),
          historyChars: variables.AGUI_HISTORY_CHARS,
        };
    }
  })();
  return problems.length > 0 ? fail(problems) : succeed(config);
}
