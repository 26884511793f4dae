/** The rules of axe-core that are held: what WCAG asks for up to level AA, and what it does not but should. */
export const AXE_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] as const;
