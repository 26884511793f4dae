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

export const arrowUpIcon = icon('M10 16V4M4.75 9.25 10 4l5.25 5.25');

export const arrowDownIcon = icon('M10 4v12m5.25-5.25L10 16l-5.25-5.25');

/** Filled, by its style. */
export const stopIcon = icon('M5.5 5.5h9v9h-9z');

export const retryIcon = icon('M16 10a6 6 0 1 1-1.76-4.24L16.25 7.75M16.25 3.75v4h-4');

export const copyIcon = icon(
  'M9 7h5.25a2 2 0 0 1 2 2v5.25a2 2 0 0 1-2 2H9a2 2 0 0 1-2-2V9a2 2 0 0 1 2-2ZM4.6 12.7a1.75 1.75 0 0 1-.85-1.5V5.5c0-.97.78-1.75 1.75-1.75h5.7c.64 0 1.2.34 1.5.85',
);

export const checkIcon = icon('m4.5 10.5 3.75 3.75 7.25-8');

export const alertIcon = icon('M10 3a7 7 0 1 1 0 14 7 7 0 0 1 0-14ZM10 6.5v4M10 13.4v.1');

export const trashIcon = icon(
  'M3.75 5.75h12.5M8 5.5V4h4v1.5M5.25 6l.7 9.1c.04.5.45.9.96.9h6.18c.5 0 .92-.4.96-.9l.7-9.1M8.5 9v4M11.5 9v4',
);

/** A pencil on a sheet. */
export const newIcon = icon(
  'M9.5 4.25H5.75c-.97 0-1.75.78-1.75 1.75v8.25c0 .97.78 1.75 1.75 1.75H14c.97 0 1.75-.78 1.75-1.75V10.5M8 12l.6-2.6 6-6a1.41 1.41 0 0 1 2 2l-6 6L8 12Z',
);

export const closeIcon = icon('m5 5 10 10M15 5 5 15');

export const chevronDownIcon = icon('m4.5 7.5 5.5 5.5 5.5-5.5');

export const chatIcon = icon(
  'M10 3.25c4.1 0 7 2.7 7 6.1s-2.9 6.1-7 6.1c-.8 0-1.6-.1-2.3-.3L4 17l.7-3.2C3.6 12.7 3 11.1 3 9.35c0-3.4 2.9-6.1 7-6.1Z',
);

/** A leaf: the one ornament there is. */
export const leafIcon = icon('M5.2 14.8C3.3 8.6 7.6 3.4 16.6 3.4c.6 8.7-3.7 13.4-11.4 11.4ZM3.4 16.8 11 9');
