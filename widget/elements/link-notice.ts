/** Says what is the matter with the connection, over the top of the transcript so that nothing moves for it. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Link } from '../controllers/link-controller.ts';
import { errorSentence, type Translation } from '../i18n/translation.ts';
import type { ChatError } from '../state/chat-snapshot.ts';
import { alertIcon } from './icons.ts';

export function linkWord(link: Link, translation: Translation): string {
  return link === 'quiet' ? '' : translation[link];
}

/** It is said by the narration, and no live region of its own: nothing is said twice. */
export function linkNotice(
  link: Link,
  error: ChatError | undefined,
  translation: Translation,
): TemplateResult {
  const isSilent = link === 'online' || link === 'quiet';
  return html`
    <div class="link ${isSilent || isPassing(link) ? '' : 'steady'}">
      ${isSilent ? nothing : pill(link, error, translation)}
    </div>
  `;
}

/** Will be over in a moment, one way or the other. */
function isPassing(link: Link): boolean {
  return link === 'connecting' || link === 'reconnecting';
}

function pill(link: Link, error: ChatError | undefined, translation: Translation): TemplateResult {
  const words = link === 'refused' ? errorSentence(translation, error?.code) : linkWord(link, translation);
  return html`
    <div class="pill ${link}" part="connection">
      ${isPassing(link) ? html`<span class="spinner" aria-hidden="true"></span>` : alertIcon}<span
        .textContent=${words}
      ></span>
    </div>
  `;
}
