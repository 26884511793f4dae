/** The icons, drawn with the text's own colour on a 20-unit grid, so that one stroke width fits all of them. */
import { html, type TemplateResult } from 'lit';

/** Of a path. */
const icon = (path: string): TemplateResult => html`
  <svg
    class="icon"
    viewBox="0 0 20 20"
    fill="none"
    stroke="currentColor"
    stroke-width="1.75"
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
  >
    <path d=${path} />
  </svg>
`;

export const arrowUpIcon = icon('M10 16V4M5 9l5-5 5 5');

export const arrowDownIcon = icon('M10 4v12M5 11l5 5 5-5');

/** Filled, by its style. */
export const stopIcon = icon('M5.5 5.5h9v9h-9z');

export const retryIcon = icon('M16 10a6 6 0 1 1-2-4.5L16 8M16 4v4h-4');

export const copyIcon = icon(
  'M9 7h5a2 2 0 0 1 2 2v5a2 2 0 0 1-2 2H9a2 2 0 0 1-2-2V9a2 2 0 0 1 2-2zM4 12V6a2 2 0 0 1 2-2h6',
);

export const checkIcon = icon('M4 11l4 4 8-9');

export const alertIcon = icon('M10 3a7 7 0 0 1 0 14 7 7 0 0 1 0-14zM10 6.5v4M10 13.4v.1');

export const trashIcon = icon('M4 6h12M7 6l1-3h4l1 3M5 6l1 10h8l1-10M8.5 9v4M11.5 9v4');

/** A pencil on a sheet. */
export const newIcon = icon(
  'M9 4H6a2 2 0 0 0-2 2v8a2 2 0 0 0 2 2h8a2 2 0 0 0 2-2v-3M8 12l.6-2.6 6-6a1.4 1.4 0 0 1 2 2l-6 6z',
);

export const closeIcon = icon('M5 5l10 10M5 15L15 5');

export const chevronDownIcon = icon('M5 8l5 5 5-5');

export const chatIcon = icon('M4 17l.8-3.5a7 6 0 1 1 2.7 2z');

/** A leaf: the one ornament there is. */
export const leafIcon = icon('M5 15C3 9 8 3.5 16.5 3.5 17 12 13 17 5 15zM3.5 16.5L11 9');
