/** The text of answers. Whatever is wider than the column scrolls inside it. */
import { css } from 'lit';

export const markdownStyles = css`
  .markdown:empty {
    display: none;
  }

  .markdown > *,
  .markdown > :where(.group) > * {
    margin-block: 0 0.8em;
  }

  .markdown > :last-child,
  .markdown > .group:last-child > :last-child {
    margin-block-end: 0;
  }

  /* A layer of its own: what is in it and has not changed is not gone through when something else is painted. */
  .markdown .group {
    position: relative;
    margin-block: 0;
  }

  /* As wide as its lines, since nothing scrolls to what is beyond the edge of something contained. */
  .markdown code .group {
    display: block;
    inline-size: max-content;
    min-inline-size: 100%;
    contain: layout style;
  }

  .markdown :is(h1, h2, h3, h4, h5, h6) {
    margin: 1.4em 0 0.5em;
    font-size: 1em;
    font-weight: 600;
    line-height: 1.35;
    text-wrap: balance;
  }

  .markdown h1 {
    font-size: 1.3333em;
    letter-spacing: -0.01em;
  }

  .markdown h2 {
    font-size: 1.2em;
    letter-spacing: -0.005em;
  }

  .markdown h3 {
    font-size: 1.0667em;
  }

  /* Each block reads in its own direction: answers quote other scripts. */
  .markdown :is(p, li, h1, h2, h3, h4, h5, h6, th, td) {
    unicode-bidi: plaintext;
  }

  .markdown .html {
    white-space: pre-wrap;
  }

  .markdown > :first-child {
    margin-block-start: 0;
  }

  .markdown :is(strong, b) {
    font-weight: 600;
  }

  .markdown a {
    border-radius: 2px;
    color: var(--_accent-text);
    text-decoration: underline;
    text-decoration-thickness: 1px;
    text-underline-offset: 0.18em;
  }

  .markdown a:hover {
    text-decoration-thickness: 2px;
  }

  .markdown :is(ul, ol) {
    padding-inline-start: 1.6em;
  }

  /* Spelled out, because the transcript is a list itself and would count as the first level. */
  .markdown ul {
    list-style: disc;
  }

  .markdown ul ul {
    list-style: circle;
  }

  .markdown ol {
    list-style: decimal;
  }

  .markdown > :is(ul, ol) {
    margin-block-end: 0.8em;
  }

  .markdown li {
    margin-block: 0.3em;
    padding-inline-start: 0.15em;
  }

  .markdown li > p,
  .markdown blockquote > p,
  .markdown blockquote > .group > p {
    margin-block: 0 0.5em;
  }

  .markdown :is(li, blockquote) > :last-child,
  .markdown blockquote > .group:last-child > :last-child {
    margin-block-end: 0;
  }

  .markdown li::marker {
    color: var(--_muted);
    font-variant-numeric: tabular-nums;
  }

  .markdown li.task {
    list-style: none;
    margin-inline-start: -1.45em;
  }

  .markdown input[type='checkbox'] {
    inline-size: 1em;
    block-size: 1em;
    margin: 0 0.45em 0 0;
    vertical-align: -0.1em;
    accent-color: var(--_accent);
  }

  .markdown blockquote {
    margin-inline: 0;
    padding-inline-start: 0.9em;
    border-inline-start: 3px solid var(--_line-strong);
    color: var(--_muted);
  }

  .markdown hr {
    block-size: 0;
    margin-block: 1.4em;
    border: 0;
    border-block-start: 1px solid var(--_line);
  }

  .markdown code {
    font-family: var(--_mono);
    font-size: 0.88em;
  }

  .markdown :not(pre) > code {
    padding: 0.14em 0.36em;
    border: 1px solid var(--_line);
    border-radius: 6px;
    background: var(--_sunken);
  }

  /* Clips nothing: each element that does is asked in every frame whether the pointer is over it. */
  .markdown .code {
    margin-block: 0.9em;
    border: 1px solid var(--_line);
    border-radius: var(--_radius-block);
    background: var(--_sunken);
  }

  .markdown .code-head {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: var(--_space-2);
    min-block-size: 36px;
    padding-inline: 14px 6px;
    color: var(--_muted);
    font-size: var(--_size-small);
    line-height: 1.4;
  }

  .markdown .copy {
    padding: 4px 8px;
    border-radius: 6px;
    font-weight: 500;
  }

  @media (hover: hover) {
    .markdown .copy:hover {
      background: var(--_hover);
      color: var(--_text);
    }
  }

  .markdown pre {
    margin: 0;
    padding: 2px 14px 14px;
    border-end-start-radius: inherit;
    border-end-end-radius: inherit;
    overflow-x: auto;
    line-height: 1.55;
    tab-size: 4;
    white-space: pre;
    overflow-wrap: normal;
    scrollbar-width: thin;
    scrollbar-color: var(--_line-strong) transparent;
  }

  /* Lines as high as those of its parent, whose letters are larger. */
  .markdown pre > code {
    display: block;
    line-height: calc(1.55 / 0.88);
  }

  .markdown pre:focus-visible {
    outline-offset: -2px;
  }

  .markdown .table {
    margin-block: 0.9em;
    overflow-x: auto;
    border: 1px solid var(--_line);
    border-radius: var(--_radius-block);
    scrollbar-width: thin;
    scrollbar-color: var(--_line-strong) transparent;
  }

  .markdown table {
    inline-size: max-content;
    min-inline-size: 100%;
    /* Borders that cells share are painted by the whole table. */
    border-collapse: separate;
    border-spacing: 0;
    font-size: 0.9333em;
    line-height: 1.5;
    overflow-wrap: break-word;
  }

  .markdown :is(th, td) {
    min-inline-size: 5em;
    max-inline-size: 24em;
    padding: 8px 14px;
    border-block-start: 1px solid var(--_line);
    vertical-align: top;
  }

  /* All of a column on one side, whatever the script of a cell: the side on which the answer begins. */
  .markdown :is(th, td):not([align]) {
    text-align: -webkit-match-parent;
    text-align: match-parent;
  }

  /* Groups of rows that do not wait for each other: their columns agree because their widths are given. */
  .markdown .long table {
    display: block;
  }

  .markdown .long :is(thead, tbody) {
    contain: layout style;
    display: table;
    table-layout: fixed;
    /* As wide as its columns: as wide as its parent would be anything. */
    inline-size: 1px;
    min-inline-size: 100%;
    border-spacing: 0;
  }

  .markdown .w0 {
    inline-size: 5em;
  }

  .markdown .w1 {
    inline-size: 9em;
  }

  .markdown .w2 {
    inline-size: 13em;
  }

  .markdown .w3 {
    inline-size: 18em;
  }

  .markdown .w4 {
    inline-size: 24em;
  }

  .markdown th {
    border-block-start: 0;
    background: var(--_sunken);
    font-weight: 600;
    white-space: nowrap;
  }

  .markdown .long th {
    white-space: normal;
  }
`;
