import { type Switches, switchDefaults } from '../generated/switches.ts';

/** A way to read the gaps of HubEx's documents. */
export type Profile = 'documented' | 'observed' | 'strict';

/** All switches by profile, and what each stands for. */
export const profiles: Readonly<Record<Profile, { readonly doc: string; readonly switches: Switches }>> = {
  documented: {
    doc: "What the vendor published: documents, wiki, release notes. Where they are silent, the ledger's assumption.",
    // The wiki's limit of about 60 calls a minute (B016) is the one published number that the default leaves out.
    switches: { ...switchDefaults, rateLimitPerMinute: 60 },
  },
  observed: {
    doc: "What calls and consumers were seen to do; where nothing was seen, the ledger's assumption. The default.",
    switches: switchDefaults,
  },
  strict: {
    doc: 'Of each assumption the reading that is hardest on an integration: what survives it survives the others.',
    switches: {
      ...switchDefaults,
      rateLimitPerMinute: 60,
      refreshRotation: 'kills-old',
      rangeBeyondEnd: '416',
      filterOutsideDomain: 'ignored',
      mergeAbsentFields: 'replaced',
      activationRestoresCalls: false,
      placeholderEncoding: 'percent',
      // A repetition reaches a receiver as a duplicate.
      deliveryRetries: 2,
      deliveryEmptyFields: 'omitted',
      deliverySuccess: '200',
      deliveryTimeoutMs: 5_000,
      autoPublishEvents: '40-only',
      noopUpdateEvent: '41',
      massPublishEvents: 'published-and-changed',
      restoreEvent: 'none',
      deleteChildren: 'deleted',
      unknownAssetStatus: '404',
      repeatedPublish: 'already-done',
      searchFieldsSelected: 2,
    },
  },
};
