export type { Acknowledgement, Verdict } from './acknowledgement.ts';
export { createSecretCheck, type SecretCheck } from './authenticity/secrets.ts';
export type { Inbox, InboxEntry } from './inbox.ts';
export type { BodyLimits, Incoming, IncomingBody } from './incoming.ts';
export { createIntake, type Intake, type IntakeSettings } from './intake.ts';
