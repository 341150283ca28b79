import type { Schema } from '../document.ts';
import type { Ref } from './read-schema.ts';

/** What was looked at. */
export type Kind = 'path' | 'operation' | 'parameter' | 'body' | 'field' | 'status' | 'header';

/** One thing the vendor's document has, and how ours differs if it does. */
export interface Finding {
  readonly service: string;
  readonly kind: Kind;
  /** `GET /ES/Assets 200 {} .name` */
  readonly where: string;
  /** Empty when both agree. */
  readonly problems: readonly string[];
}

/** Writes a finding down. */
export type Note = (kind: Kind, where: string, problems?: readonly string[]) => void;

/** The two documents, and where to write down what is found. */
export interface Both {
  readonly vendor: Spec;
  readonly ours: Spec;
  readonly note: Note;
}

/** An OpenAPI document, as far as it is compared. */
export interface Spec {
  readonly servers?: readonly { readonly url: string }[];
  readonly paths: Readonly<Record<string, PathItem>>;
  readonly components?: { readonly [kind: string]: Readonly<Record<string, unknown>> };
}

/** One path; its parameters hold for all of its operations. */
export interface PathItem {
  readonly parameters?: readonly (Parameter | Ref)[];
  readonly [method: string]: unknown;
}

/** One operation. */
export interface Operation {
  readonly description?: string;
  readonly deprecated?: boolean;
  readonly parameters?: readonly (Parameter | Ref)[];
  readonly requestBody?: Content | Ref;
  readonly responses: Readonly<Record<string, Content | Ref>>;
  readonly [extension: string]: unknown;
}

/** One parameter. */
export interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema: Schema;
}

/** A request body or a response. */
export interface Content {
  readonly required?: boolean;
  readonly headers?: Readonly<Record<string, { readonly schema: Schema } | Ref>>;
  readonly content?: Readonly<Record<string, { readonly schema?: Schema }>>;
}
