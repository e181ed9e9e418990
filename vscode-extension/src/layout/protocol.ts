// The answer to abide/layout (docs/layout-request.md), and what the layout
// view and the extension say to each other. Bits count from the start of the
// record, in memory order.
import type { Location } from 'vscode-languageserver-protocol';

export interface RecordLayout {
  name: string;
  kind: 'struct' | 'union';
  payload: boolean;
  reason?: string;
  /** Path of the member under the cursor. */
  member?: string;
  /** The text does not parse just now: this is how the record was before. */
  stale?: boolean;
  layouts: ABILayout[];
  /** ABIs for which the layout cannot be computed, and why. */
  unknown?: { abis: string[]; error: string }[];
  /** ABIs on which an #if takes the record out. */
  notDefined?: string[];
}

/** One layout, with all the ABIs that have it. */
export interface ABILayout {
  abis: string[];
  /** Bytes, as align is. */
  size: number;
  align: number;
  members: Member[];
  holes: Hole[];
}

export interface Member {
  path: string;
  type: string;
  bitOffset: number;
  /** 0 for a flexible array. */
  bitSize: number;
  /** The members behind it are parts of it. */
  group?: boolean;
  differs: boolean;
  /** Missing in headers that the server brings itself. */
  location?: Location;
}

export interface Hole {
  bitOffset: number;
  bitSize: number;
  tail: boolean;
  differs: boolean;
}

/** From the extension to the view. */
export interface Show {
  type: 'show';
  layout?: RecordLayout;
  /** What to say instead of a layout. */
  hint?: string;
}

/** From the view to the extension. */
export type Reply = { type: 'ready' } | { type: 'reveal'; group: number; member: number };
