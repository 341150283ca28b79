import type { CommandName } from './arguments.ts';

const common = `
Options of all commands
  --inbox FILE      the SQLite inbox of your program (or HUBEX_INBOX; default hubex-inbox.db)
  --base-url URL    where HubEx is (or HUBEX_BASE_URL; default https://api.hubex.ru/fsm)
  --json            one JSON document on stdout instead of text
  --help            this page

The service token is read from HUBEX_SERVICE_TOKEN and never printed. Nothing is coloured, with or without NO_COLOR; progress bars go to
stderr, and only to a terminal.

Exit codes: 0 well · 1 something is wrong and said above · 2 the command line or a setting cannot be used`;

/** Help by command; `main` lists them. */
export const help: Readonly<Record<CommandName | 'main', string>> = {
  main: `hubex-sync: looks after a copy of HubEx assets

Usage: hubex-sync COMMAND [options]

  doctor      how the webhook is, and what to do; with --uri registers or repairs it
  reconcile   compares all assets with the copy
  replay      works kept deliveries off once more
  inbox       what waits, how old it is, and what is in quarantine

Examples
  hubex-sync doctor --webhook mirror
  hubex-sync reconcile --dry-run
  hubex-sync replay --since 2h
${common}`,
  doctor: `hubex-sync doctor: how the webhook is, and what to do

  --webhook NAME    name of the webhook in HubEx (required)
  --uri URI         the address it shall have: register it, correct it, switch it on again
  --dry-run         look only, also with --uri

Examples
  hubex-sync doctor --webhook mirror
  hubex-sync doctor --webhook mirror --uri 'https://you.example/hook?key=\${hubexKey}'
${common}`,
  reconcile: `hubex-sync reconcile: compares all assets with the copy

Differences are put into the inbox; the running program works them off within half a minute. An interrupted comparison of the last
hour is resumed. Spends only calls nobody else needs.

  --dry-run         count the differences, change nothing

Examples
  hubex-sync reconcile --dry-run
  hubex-sync reconcile --json
${common}`,
  replay: `hubex-sync replay: works kept deliveries off once more

The assets of the deliveries become dirty again; the running program reads them anew within half a minute.

  --since TIME      received at or after: 2026-03-02T08:00Z, 90m, 12h, 7d (default: all that is kept)
  --asset ID        only this asset
  --event ID        only this EventID, 40 to 44
  --dry-run         count, change nothing

Examples
  hubex-sync replay --since 2h
  hubex-sync replay --asset 4711 --dry-run
${common}`,
  inbox: `hubex-sync inbox: what waits, how old it is, and what is in quarantine

  --limit N         bodies in quarantine to show (default 10)

Examples
  hubex-sync inbox
  hubex-sync inbox --json
${common}`,
};
