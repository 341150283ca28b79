/** A cell: text, number, truth value, or null for an empty one. A date is its ISO 8601 text, an error its name, such as `#N/A`. */
export type CellValue = string | number | boolean | null;

/** One sheet of a workbook. */
export interface Sheet {
  readonly name: string;
  /** From row 1 and column A; rows may end early. */
  readonly rows: readonly (readonly CellValue[])[];
  /** For writing: notes that hang on cells. */
  readonly comments?: readonly CellComment[];
  /** For writing: rows drawn as a grey band and in bold, counted from 1. */
  readonly heading?: { readonly band: number; readonly captions: number };
}

/** A note on a cell; row and column count from 1. */
export interface CellComment {
  readonly row: number;
  readonly column: number;
  readonly text: string;
}

/** What came of reading a file. */
export type ReadWorkbook =
  | {
      readonly kind: 'read';
      /** The sheet asked for, in any case; undefined when there is none. */
      readonly sheet: Sheet | undefined;
      /** The program that saved the file, as it says; null when it does not. */
      readonly application: string | null;
    }
  | { readonly kind: 'unreadable'; readonly reason: string };

/**
 * Reads and writes .xlsx files for the import and the export: the simulator knows rows and cells, not the format.
 * `@hubex-kit/mock-server/workbooks` has one.
 */
export interface Workbooks {
  /** Reads one sheet, no further than `rows` and `columns`. Whatever the bytes are, it answers in bounded time and memory and does not reject. */
  read(
    bytes: Uint8Array,
    want: { readonly sheet: string; readonly rows: number; readonly columns: number },
  ): Promise<ReadWorkbook>;
  /** Writes a file; the same sheets and the same `modified` (milliseconds, UTC) give the same bytes. */
  write(sheets: readonly Sheet[], options: { readonly modified: number }): Promise<Uint8Array>;
}
