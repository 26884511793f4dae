/** The agent service that a relay is configured for: which adapter speaks to it. */
import type { Upstream, UpstreamMemory } from '../room/ports.ts';
import { agUi, type AgUiConfig } from './ag-ui.ts';
import { astAgent, type AstAgentConfig } from './ast-agent.ts';
import { astHistory } from './ast-history.ts';
import { astWorkflow, type AstWorkflowConfig } from './ast-workflow.ts';
import type { Dialect } from './dialect.ts';
import { httpUpstream, unconfiguredUpstream } from './http-upstream.ts';
import { openAiChat, type OpenAiChatConfig } from './openai-chat.ts';

/** `hasHistory`: an empty room is filled with what the service knows of its thread. */
export type ServiceConfig =
  | ({ readonly kind: 'ast-workflow'; readonly hasHistory: boolean } & AstWorkflowConfig)
  | ({ readonly kind: 'ast-agent'; readonly hasHistory: boolean } & AstAgentConfig)
  | ({ readonly kind: 'openai' } & OpenAiChatConfig)
  | ({ readonly kind: 'ag-ui' } & AgUiConfig);

export function dialectOf(service: ServiceConfig): Dialect {
  switch (service.kind) {
    case 'ast-workflow':
      return astWorkflow(service);
    case 'ast-agent':
      return astAgent(service);
    case 'openai':
      return openAiChat(service);
    case 'ag-ui':
      return agUi(service);
  }
}

export const UNCONFIGURED = 'no agent service is configured: AST_URL is not set, and UPSTREAM names no other';

export function upstreamOf(service: ServiceConfig | undefined): Upstream {
  return service === undefined ? unconfiguredUpstream(UNCONFIGURED) : httpUpstream(dialectOf(service));
}

export function memoryOf(service: ServiceConfig | undefined): UpstreamMemory | undefined {
  return service !== undefined && 'hasHistory' in service && service.hasHistory
    ? astHistory(service)
    : undefined;
}
