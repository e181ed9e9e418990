/** Bytes in a row: words, and a cacheline. */
export const widths = [4, 8, 16, 64] as const;

/** How the user wants layouts drawn; kept by VS Code over reloads. */
export interface Options {
  width: (typeof widths)[number];
  /** One layout at a time instead of side by side. */
  tabs: boolean;
  tab: number;
}
