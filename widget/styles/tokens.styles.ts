/**
 * The look in one place: what a page may set (`--ivy-*`, listed on the element's class) and what the views use
 * (`--_*`). Everything with a hue comes from the one accent; whatever accent a page picks, text on it and text in it
 * keep their contrast.
 */
import { css } from 'lit';

const lightColours = css`
  color-scheme: light;
  --_surface: var(--ivy-surface, #fff);
  --_raised: var(--ivy-surface-raised, #fff);
  --_sunken: var(--ivy-surface-sunken, #f6f7f7);
  --_text: var(--ivy-text, #1c1f1e);
  --_muted: var(--ivy-text-muted, #646b68);
  --_line: var(--ivy-border, #e7e9e8);
  --_line-strong: var(--ivy-border-strong, #d2d6d4);
  --_hover: rgb(20 30 25 / 6%);
  --_danger: var(--ivy-danger, #b3261e);
  --_waiting: #b7791f;
  --_veil: rgb(20 24 22 / 28%);
  --_shadow: 0 1px 2px rgb(20 30 25 / 6%), 0 4px 16px rgb(20 30 25 / 5%);
  --_shadow-high: 0 2px 6px rgb(20 30 25 / 10%), 0 12px 32px rgb(20 30 25 / 14%);
  --_accent-share: 12%;
  --_legible: min(l, 0.5) c;
`;

const darkColours = css`
  color-scheme: dark;
  --_surface: var(--ivy-surface, #17191a);
  --_raised: var(--ivy-surface-raised, #202324);
  --_sunken: var(--ivy-surface-sunken, #101213);
  --_text: var(--ivy-text, #eceeed);
  --_muted: var(--ivy-text-muted, #9ba3a0);
  --_line: var(--ivy-border, #2b2f30);
  --_line-strong: var(--ivy-border-strong, #3c4243);
  --_hover: rgb(255 255 255 / 8%);
  --_danger: var(--ivy-danger, #ff8a80);
  --_waiting: #e0b04c;
  --_veil: rgb(0 0 0 / 52%);
  --_shadow: 0 1px 2px rgb(0 0 0 / 30%);
  --_shadow-high: 0 2px 6px rgb(0 0 0 / 40%), 0 12px 32px rgb(0 0 0 / 50%);
  --_accent-share: 30%;
  --_legible: max(l, 0.78) min(c, 0.14);
`;

/**
 * What stands on the accent is white or black, by the accent's relative luminance `y`, and keeps a contrast of 4.5:1. White
 * needs a luminance of at most 1.05 / 4.5 - 0.05 = 0.183. A little above that a darker shade of the brand's colour looks
 * better than black on it; from 0.3 on black does.
 */
const onAccent = css`clamp(0, (0.3 - y) * 1000, 1)`;
const shade = css`max(min(1, 0.18 / y), clamp(0, (y - 0.3) * 1000, 1))`;

export const tokenStyles = css`
  .frame {
    ${lightColours}

    --_accent: var(--ivy-accent, #1f7a55);
    --_accent-fill: var(--_accent);
    --_on-accent: #fff;
    --_accent-text: var(--_accent);
    --_bubble: var(--ivy-bubble, var(--_sunken));
    --_bubble-text: var(--ivy-bubble-text, var(--_text));
    --_halo: var(--_line);

    --_font: var(
      --ivy-font,
      system-ui,
      sans-serif,
      'Apple Color Emoji',
      'Segoe UI Emoji',
      'Noto Color Emoji'
    );
    --_mono: var(
      --ivy-font-mono,
      ui-monospace,
      'SF Mono',
      'Cascadia Mono',
      Menlo,
      Consolas,
      'Liberation Mono',
      monospace
    );
    --_size: var(--ivy-font-size, 15px);
    --_size-small: calc(var(--_size) * 0.8);
    --_size-note: calc(var(--_size) * 0.8667);
    --_size-title: calc(var(--_size) * 1.4667);

    --_density: var(--ivy-density, 1);
    --_space-1: calc(4px * var(--_density));
    --_space-2: calc(8px * var(--_density));
    --_space-3: calc(12px * var(--_density));
    --_space-4: calc(16px * var(--_density));
    --_space-5: calc(24px * var(--_density));

    --_radius: var(--ivy-radius, 16px);
    --_radius-card: calc(var(--_radius) * 1.5);
    --_radius-bubble: calc(var(--_radius) * 1.125);
    --_radius-block: calc(var(--_radius) * 0.75);
    --_radius-small: calc(var(--_radius) * 0.5);
    /* Round, except where the page wants corners. */
    --_radius-round: calc(var(--_radius) * 99);

    /* Measured by the script; the page may have names like these. */
    --_visible-top: initial;
    --_visible-height: initial;
    --_covered: initial;

    --_column: var(--ivy-content-width, 720px);
    --_gutter: var(--_space-4);
  }

  /* On paper the ground is always light. */
  @media not print {
    .dark {
      ${darkColours}
    }
  }

  @supports (color: color-mix(in oklab, red, blue)) {
    .frame {
      --_bubble: var(--ivy-bubble, color-mix(in oklab, var(--_accent) var(--_accent-share), var(--_surface)));
      --_halo: color-mix(in oklab, var(--_accent-text) 22%, transparent);
    }
  }

  @supports (color: oklch(from red l c h)) {
    .frame {
      --_on-accent: color(
        from var(--_accent) xyz calc(0.9505 * ${onAccent}) ${onAccent} calc(1.0891 * ${onAccent})
      );
      --_accent-fill: color(from var(--_accent) xyz calc(x * ${shade}) calc(y * ${shade}) calc(z * ${shade}));
      --_accent-text: oklch(from var(--_accent) var(--_legible) h);
      /* A bright accent would hardly be seen in light bubbles, and be mud in dark ones. */
      --_bubble: var(
        --ivy-bubble,
        color-mix(in oklab, oklch(from var(--_accent) min(l, 0.55) c h) var(--_accent-share), var(--_surface))
      );
    }
  }
`;
