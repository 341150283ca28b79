interface Base {
  /** One line: what it is for. */
  readonly doc: string;
  /** Must be given. */
  readonly required?: true;
}

/** A whole number. */
export interface IntegerField extends Base {
  readonly kind: 'integer';
  readonly least?: number;
  readonly most?: number;
  readonly default?: number;
  readonly unit?: string;
}

/** A number with a fraction. */
export interface NumberField extends Base {
  readonly kind: 'number';
  readonly least?: number;
  readonly most?: number;
  readonly default?: number;
  readonly unit?: string;
}

/** A span of time: milliseconds, or a text such as `500ms`, `5s`, `10m`, `24h`, `2d`. */
export interface DurationField extends Base {
  readonly kind: 'duration';
  /** Milliseconds. */
  readonly least?: number;
  /** Milliseconds. */
  readonly most?: number;
  /** Milliseconds. */
  readonly default?: number;
}

/** A text. */
export interface StringField extends Base {
  readonly kind: 'string';
  /** Characters. */
  readonly longest?: number;
  readonly default?: string;
}

/** Yes or no. */
export interface BooleanField extends Base {
  readonly kind: 'boolean';
  readonly default?: boolean;
}

/** One of a few texts. */
export interface EnumField<Value extends string = string> extends Base {
  readonly kind: 'enum';
  readonly values: readonly Value[];
  readonly default?: NoInfer<Value>;
}

/** Several values of one kind; as text they are split by commas. */
export interface ListField extends Base {
  readonly kind: 'list';
  readonly of: IntegerField | StringField | EnumField;
  /** How many there may be. */
  readonly longest?: number;
}

/** Any JSON value, or only objects or arrays. */
export interface JsonField<Value = unknown> extends Base {
  readonly kind: 'json';
  /** Never there: carries the type of what callers in TypeScript pass. */
  readonly carries?: Value;
  readonly shape?: 'object' | 'array';
}

/** One input of a control, from which its check, its types, its flag and its place in the OpenAPI document are made. */
export type Field =
  | IntegerField
  | NumberField
  | DurationField
  | StringField
  | BooleanField
  | EnumField
  | ListField
  | JsonField;

/** The inputs of a control by name. */
export type Fields = Readonly<Record<string, Field>>;

/** The value of a field after it was checked. */
export type ValueOf<F extends Field> = F extends { readonly kind: 'integer' | 'number' | 'duration' }
  ? number
  : F extends { readonly kind: 'boolean' }
    ? boolean
    : F extends { readonly kind: 'enum'; readonly values: readonly (infer Value)[] }
      ? Value
      : F extends { readonly kind: 'string' }
        ? string
        : F extends { readonly kind: 'list'; readonly of: infer Item extends Field }
          ? readonly ValueOf<Item>[]
          : F extends JsonField<infer Value>
            ? Value
            : unknown;

type Sure = { readonly required: true } | { readonly default: number | string | boolean };

/** What a control gets: checked, defaults filled in, undefined for what was left out. */
export type Input<F extends Fields> = {
  readonly [Name in keyof F]: F[Name] extends Sure ? ValueOf<F[Name]> : ValueOf<F[Name]> | undefined;
};

type Passed<F extends Field> = F extends { readonly kind: 'duration' } ? number | string : ValueOf<F>;

/** What a caller passes: required fields, and any of the others. */
export type Passing<F extends Fields> = {
  readonly [Name in keyof F as F[Name] extends { readonly required: true } ? Name : never]: Passed<F[Name]>;
} & {
  readonly [Name in keyof F as F[Name] extends { readonly required: true } ? never : Name]?:
    | Passed<F[Name]>
    | undefined;
};
