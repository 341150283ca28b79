import type { CellValue, Sheet } from '@hubex-kit/simulator';

/** Part of a sheet to read. */
export interface Wanted {
  /** In any case. */
  readonly sheet: string;
  readonly rows: number;
  readonly columns: number;
}

/** A sheet as it was found. */
export type FoundSheet = Pick<Sheet, 'name' | 'rows'>;

/** What the library read, as the simulator knows it. */
export function toCell(value: unknown): CellValue {
  if (value instanceof Date) {
    const text = Number.isNaN(value.getTime()) ? '' : value.toISOString();
    return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text;
  }
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return null;
}
