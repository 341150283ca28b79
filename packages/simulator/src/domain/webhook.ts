/** A registered webhook. Times are milliseconds, UTC. */
export interface Webhook {
  readonly id: number;
  name: string;
  description: string | null;
  /** Raw, with its ${key} placeholders. */
  uri: string;
  isActive: boolean;
  events: readonly number[];
  taskStages: readonly number[];
  /** Failures in a row it still has before it is switched off (B117-B119). */
  callsRemaining: number;
  lastCall: LastCall | null;
  deleted: boolean;
}

/** How the latest call went. */
export interface LastCall {
  readonly started: number;
  readonly completed: number;
  readonly exception: string | null;
}

/** Failures in a row after which HubEx switches a webhook off (B117). */
export const fullCalls = 10;

/** Whether events reach it at all. */
export function isListening(webhook: Webhook): boolean {
  return webhook.isActive && !webhook.deleted;
}

/** Writes down a finished call: a success restores the calls, a failure takes one and the last switches it off (B118-B120). */
export function recordCall(webhook: Webhook, call: LastCall): void {
  webhook.lastCall = call;
  if (call.exception === null) {
    webhook.callsRemaining = fullCalls;
    return;
  }
  webhook.callsRemaining = Math.max(0, webhook.callsRemaining - 1);
  if (webhook.callsRemaining === 0) webhook.isActive = false;
}
