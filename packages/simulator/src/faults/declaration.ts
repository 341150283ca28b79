/** A parameter of a fault: what fits it and what it is when nobody says. `what` is one line for help and forms. */
export type FaultParameter =
  | {
      readonly type: 'integer';
      readonly least: number;
      readonly most: number;
      /** Whether null fits too; `what` says what it means. */
      readonly orNull?: true;
      readonly standard: number | null;
      readonly what: string;
    }
  | { readonly type: 'boolean'; readonly standard: boolean; readonly what: string }
  | { readonly type: 'choice'; readonly values: readonly string[]; readonly standard: string; readonly what: string }
  /** 1 to 200 printable ASCII characters. */
  | { readonly type: 'text'; readonly standard: string; readonly what: string }
  /** 1 to 20 texts, each once. */
  | { readonly type: 'texts'; readonly standard: readonly string[]; readonly what: string };

/**
 * The part of a call that a fault changes. A call takes at most one fault of each part, from the first rule that hits it: rules of one part
 * queue up behind each other, rules of different parts add up.
 */
export type FaultPart = 'time' | 'answer' | 'body' | 'type' | 'wire';

/** Everything there is to know about one kind of fault: validation, help and documentation read it here. */
export interface FaultDeclaration {
  readonly part: FaultPart;
  /** What it models and who meets it, in one or two sentences. */
  readonly what: string;
  /** Calls it makes no sense for are not counted: writes for `reads`, raw bodies for `events`. */
  readonly only?: 'reads' | 'events';
  readonly parameters: Readonly<Record<string, FaultParameter>>;
}

/** A declaration for each member of a closed union of faults, with each of its parameters. */
export type Declarations<Fault extends { readonly kind: string }> = {
  readonly [Kind in Fault['kind']]: FaultDeclaration & {
    readonly parameters: { readonly [Name in Exclude<keyof Extract<Fault, { kind: Kind }>, 'kind'>]: FaultParameter };
  };
};

/** A parameter that counts bytes of a body; null as `what` says. */
export function bytesOrNull(what: string): FaultParameter {
  return { type: 'integer', least: 0, most: 1_048_576, orNull: true, standard: null, what };
}
