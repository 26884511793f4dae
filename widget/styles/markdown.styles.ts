/** The text of answers. Whatever is wider than the column scrolls inside it. Most of its tags are nowhere else. */
import { css } from 'lit';

export const markdownStyles = css`
  .markdown:empty {
    display: none;
  }

  :where(.markdown, .markdown > .group) > * {
    margin-block: 0 0.8em;
  }

  /* A layer of its own: what is in it and has not changed is not gone through when something else is painted. */
  .group {
    position: relative;
    margin-block: 0;
  }

  /* As wide as its lines, since nothing scrolls to what is beyond the edge of something contained. */
  code .group {
    display: block;
    inline-size: max-content;
    min-inline-size: 100%;
    contain: layout style;
  }

  /* Each block reads in its own direction: answers quote other scripts. */
  .markdown :is(h1, h2, h3, h4, h5, h6) {
    margin: 1.4em 0 0.5em;
    font-size: 1em;
    font-weight: 600;
    line-height: 1.35;
    text-wrap: balance;
    unicode-bidi: plaintext;
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

  .html {
    white-space: pre-wrap;
  }

  .markdown > :first-child {
    margin-block-start: 0;
  }

  strong {
    font-weight: 600;
  }

  a {
    border-radius: 2px;
    color: var(--_accent-text);
    text-decoration-thickness: 1px;
    text-underline-offset: 0.18em;
  }

  a:hover {
    text-decoration-thickness: 2px;
  }

  .markdown :is(ul, ol) {
    padding-inline-start: 1.6em;
  }

  /* Spelled out, because the transcript is a list itself and would count as the first level. */
  ul {
    list-style: disc;
  }

  ul ul {
    list-style: circle;
  }

  .markdown li {
    margin-block: 0.3em;
    padding-inline-start: 0.15em;
    unicode-bidi: plaintext;
  }

  .markdown :is(li, blockquote) p {
    margin-block: 0 0.5em;
  }

  .markdown > :last-child,
  .markdown :is(li, blockquote) > :last-child,
  :is(.markdown, blockquote) > .group:last-child > :last-child {
    margin-block-end: 0;
  }

  li::marker {
    color: var(--_muted);
  }

  .task {
    list-style: none;
    margin-inline-start: -1.45em;
  }

  input {
    inline-size: 1em;
    block-size: 1em;
    margin: 0 0.45em 0 0;
    vertical-align: -0.1em;
    accent-color: var(--_accent);
  }

  blockquote {
    margin-inline: 0;
    padding-inline-start: 0.9em;
    border-inline-start: 3px solid var(--_line-strong);
    color: var(--_muted);
  }

  hr {
    margin-block: 1.4em;
    border: 0;
    border-block-start: 1px solid var(--_line);
  }

  code {
    font-family: var(--_mono);
    font-size: 0.88em;
  }

  :not(pre) > code {
    padding: 0.14em 0.36em;
    border: 1px solid var(--_line);
    border-radius: 6px;
    background: var(--_sunken);
  }

  /* Clips nothing: each element that does is asked in every frame whether the pointer is over it. */
  .markdown :is(.code, .table) {
    margin-block: 0.9em;
    border: 1px solid var(--_line);
    border-radius: var(--_radius-block);
  }

  .code,
  th {
    background: var(--_sunken);
  }

  .code-head {
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

  .table,
  pre {
    overflow-x: auto;
  }

  pre {
    margin: 0;
    padding: 2px 14px 14px;
    border-end-start-radius: inherit;
    border-end-end-radius: inherit;
    line-height: 1.55;
    tab-size: 4;
  }

  /* Lines as high as those of its parent, whose letters are larger. */
  pre > code {
    display: block;
    line-height: calc(1.55 / 0.88);
  }

  /* Borders that cells shared would be painted by the whole table: they are separate. */
  table {
    inline-size: max-content;
    min-inline-size: 100%;
    border-spacing: 0;
    font-size: 0.9333em;
    line-height: 1.5;
    overflow-wrap: break-word;
  }

  th,
  td {
    min-inline-size: 5em;
    max-inline-size: 24em;
    padding: 8px 14px;
    vertical-align: top;
    unicode-bidi: plaintext;
  }

  td {
    border-block-start: 1px solid var(--_line);
  }

  /* All of a column on one side, whatever the script of a cell: the side on which the answer begins. */
  :is(th, td):not([align]) {
    text-align: -webkit-match-parent;
    text-align: match-parent;
  }

  th {
    font-weight: 600;
    white-space: nowrap;
  }

  /* Groups of rows that do not wait for each other: their columns agree because their widths are given. */
  .long table {
    display: block;
  }

  .long :is(thead, tbody) {
    contain: layout style;
    display: table;
    table-layout: fixed;
    /* As wide as its columns: as wide as its parent would be anything. */
    inline-size: 1px;
    min-inline-size: 100%;
    border-spacing: 0;
  }

  .w0 {
    inline-size: 5em;
  }

  .w1 {
    inline-size: 9em;
  }

  .w2 {
    inline-size: 13em;
  }

  .w3 {
    inline-size: 18em;
  }

  .w4 {
    inline-size: 24em;
  }

  .long th {
    white-space: normal;
  }
`;
