/** A row of an import. undefined: the sheet has no such column; null: the cell is empty. */
export interface ImportRow {
  /** Its number in the sheet, from 1. */
  readonly number: number;
  readonly name: string;
  readonly company: string;
  readonly type: string;
  readonly className: string | null | undefined;
  readonly district: string | null | undefined;
  readonly workType: string | null | undefined;
  readonly parent: string | null | undefined;
  readonly address: string | null | undefined;
  readonly addressDescription: string | null | undefined;
  /** Degrees; given both or not at all, and only with an address. */
  readonly latitude: number | null | undefined;
  readonly longitude: number | null | undefined;
  /** Full name. */
  readonly responsible: string | null | undefined;
  readonly isMobile: boolean | null | undefined;
  readonly serialNumber: string | null | undefined;
  readonly erpId: string | null | undefined;
  readonly notes: string | null | undefined;
}

/** What is wrong with a cell, or with what it points at. */
export type RowProblem =
  | 'empty'
  | 'too-long'
  | 'error-value'
  | 'no-number'
  | 'out-of-range'
  | 'no-yes-or-no'
  | 'needs-partner'
  | 'needs-address'
  | 'unknown-type'
  | 'unknown-work-type'
  | 'unknown-person'
  | 'unknown-parent'
  | 'own-parent'
  | 'circle';

/** A faulty cell. */
export interface RowFault {
  /** The row's number in the sheet. */
  readonly row: number;
  readonly field: Exclude<keyof ImportRow, 'number'>;
  readonly problem: RowProblem;
}

/** The tenant's assumptions that matter to an import. */
export interface ImportRules {
  readonly importMatching: 'erp-id-then-name' | 'name' | 'never';
  readonly importUnchangedEvent: 'none' | '41';
  readonly importEmptyCell: 'kept' | 'cleared';
  readonly importPublishes: boolean;
}
