import type { ClientCapabilities, StaticFeature } from 'vscode-languageclient/node';

/** Tells the server that code lenses may carry the command abide.showLayout. */
export const announceLayoutView: StaticFeature = {
  fillClientCapabilities(capabilities: ClientCapabilities) {
    capabilities.experimental = { ...(capabilities.experimental as object), abideShowLayout: true };
  },
  initialize: () => undefined,
  getState: () => ({ kind: 'static' }),
  clear: () => undefined,
};
