import type { TenantWorld } from '../world/tenant-world.ts';
import type { Fields, Input, Passing } from './field.ts';

/**
 * One control, declared once: its check, its types, its HTTP route, its page of the OpenAPI document, its verb of the command line and its
 * form are made from this.
 */
export interface ControlDefinition<F extends Fields = Fields, Result = unknown> {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Below /__mock: `/clock/advance`. */
  readonly path: string;
  /** One line, in the imperative: what it does. */
  readonly summary: string;
  /** One line: what the answer holds. */
  readonly returns: string;
  readonly input: F;
  /** Inputs worth showing; the first is the example of the documents. */
  readonly examples: readonly Passing<F>[];
  /**
   * Carries it out for one tenant.
   * @throws ControlError for input that is well formed but cannot be used.
   */
  run(world: TenantWorld, input: Input<F>): Result;
}

/** An answer that is a text of its own kind instead of a value. */
export interface TextResult<ContentType extends string = string, Content = unknown> {
  readonly kind: 'text';
  readonly contentType: ContentType;
  readonly text: string;
  /** Never there: carries the type of the JSON in the text, or of each line of it where every line is JSON. */
  readonly carries?: Content;
}

/** An answer that goes on: one message for each thing that happens. */
export interface StreamResult<Message = unknown> {
  readonly kind: 'stream';
  /** Calls `listener` until the returned function is called. */
  listen(listener: (message: Message) => void): () => void;
}
