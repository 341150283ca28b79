import { nearest } from '@hubex-kit/contract/nearest';
import { ControlError } from './control-error.ts';
import type { Field } from './field.ts';

const units: Readonly<Record<string, number>> = { '': 1, ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** The checked value of a field; durations become milliseconds. Throws ControlError. */
export function checkValue(name: string, { field, value }: { field: Field; value: unknown }): unknown {
  const refuse = (expected: string): ControlError =>
    new ControlError(name, `${name} must be ${expected}; it was ${shown(value)}.`);
  switch (field.kind) {
    case 'integer':
    case 'number': {
      const { least = Number.MIN_SAFE_INTEGER, most = Number.MAX_SAFE_INTEGER } = field;
      const isNumber = field.kind === 'integer' ? Number.isSafeInteger(value) : Number.isFinite(value);
      if (typeof value === 'number' && isNumber && value >= least && value <= most) return value;
      throw refuse(`a ${field.kind === 'integer' ? 'whole number' : 'number'}${limits(field)}`);
    }
    case 'duration': {
      const ms = typeof value === 'string' ? readDuration(value) : value;
      const { least = 0, most = Number.MAX_SAFE_INTEGER } = field;
      if (typeof ms === 'number' && Number.isSafeInteger(ms) && ms >= least && ms <= most) return ms;
      throw refuse(`a whole number of milliseconds${limits({ least, most: field.most })}, or a time such as 5s or 24h`);
    }
    case 'string': {
      const { longest = 1_000_000 } = field;
      if (typeof value === 'string' && value.length <= longest) return value;
      throw refuse(`a text of at most ${longest} characters`);
    }
    case 'boolean':
      if (typeof value === 'boolean') return value;
      throw refuse('true or false');
    case 'enum': {
      if (typeof value === 'string' && field.values.includes(value)) return value;
      const hint = typeof value === 'string' ? ` (did you mean ${nearest(value, field.values)}?)` : '';
      throw refuse(`one of ${field.values.join(', ')}${hint}`);
    }
    case 'list': {
      const items = Array.isArray(value) ? value : [value];
      const { longest = 10_000, of } = field;
      if (items.length > longest)
        throw new ControlError(name, `${name} may hold at most ${longest} values; it held ${items.length}.`);
      return items.map((item) => checkValue(name, { field: of, value: item }));
    }
    case 'json': {
      const shape = Array.isArray(value) ? 'array' : typeof value === 'object' && value !== null ? 'object' : 'other';
      if (field.shape === undefined || field.shape === shape) return value;
      throw refuse(`a JSON ${field.shape}`);
    }
    default:
      return field satisfies never;
  }
}

function readDuration(text: string): number {
  const [, amount, unit = ''] = /^(\d{1,15}(?:\.\d{1,6})?)\s*(ms|s|m|h|d)?$/.exec(text) ?? [];
  return amount === undefined ? Number.NaN : Math.round(Number(amount) * (units[unit] ?? 1));
}

function limits({ least, most }: { least?: number | undefined; most?: number | undefined }): string {
  if (least !== undefined && most !== undefined) return ` from ${least} to ${most}`;
  return least !== undefined ? ` from ${least}` : most !== undefined ? ` up to ${most}` : '';
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
