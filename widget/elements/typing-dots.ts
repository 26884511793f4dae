/** Somebody is at work: to be seen, with words beside it for those who do not. */
import { html } from 'lit';

export const typingDots = html`<span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>`;
