/**
 * How bytes go out when they do not simply go out whole. Plain data: whoever owns the socket carries it out, in real time; without a socket
 * `transmissionSteps` tells the nearest equivalent. `afterBytes` counts bytes of the body; null means before anything at all, the status or
 * request line included.
 */
export type Transmission =
  /** The connection is reset (RST) after so many bytes; the length that was announced is that of the whole body. */
  | { readonly kind: 'reset'; readonly afterBytes: number | null }
  /** The connection ends in good order (FIN) after so many bytes, although the announced length promised all. */
  | { readonly kind: 'cut'; readonly afterBytes: number }
  /** All bytes, but only so many a second. */
  | { readonly kind: 'slow'; readonly bytesPerSecond: number }
  /** After so many bytes nothing more comes and the connection stays open until the other side has had enough. */
  | { readonly kind: 'silence'; readonly afterBytes: number | null }
  /** All bytes, in chunked encoding without an announced length. */
  | { readonly kind: 'chunked' };

/** What is left to do when the last byte that is to go out has gone out. */
export type Ending = 'end' | 'cut' | 'reset' | 'silence';

/** A transmission of a body of known length, step by step. */
export interface TransmissionSteps {
  /** Whether the status or request line and the headers go out at all. */
  readonly head: boolean;
  /** Whether the length of the whole body is announced. */
  readonly measured: boolean;
  /** Pieces of the body: bytes `from` to `till` (excluded) go out `waitMs` after the piece before. */
  readonly pieces: readonly { readonly waitMs: number; readonly from: number; readonly till: number }[];
  readonly ending: Ending;
}

// Ten pieces a second look slow to a reader and cost a slow body of 64 KiB few timers.
const piecesPerSecond = 10;

/** What to do with a body of `length` bytes; the same for every host. */
export function transmissionSteps(length: number, transmission: Transmission): TransmissionSteps {
  switch (transmission.kind) {
    case 'reset':
    case 'silence': {
      const { kind: ending, afterBytes } = transmission;
      return { head: afterBytes !== null, measured: true, pieces: piece(Math.min(afterBytes ?? 0, length)), ending };
    }
    case 'cut': {
      // At least one byte is missing: a body that came whole would be no fault.
      const till = Math.max(0, Math.min(transmission.afterBytes, length - 1));
      return { head: true, measured: true, pieces: piece(till), ending: 'cut' };
    }
    case 'slow': {
      const { bytesPerSecond } = transmission;
      const size = Math.max(1, Math.floor(bytesPerSecond / piecesPerSecond));
      const waitMs = (size * 1000) / bytesPerSecond;
      const pieces = Array.from({ length: Math.ceil(length / size) }, (_, index) => ({
        waitMs,
        from: index * size,
        till: Math.min(length, (index + 1) * size),
      }));
      return { head: true, measured: true, pieces, ending: 'end' };
    }
    case 'chunked':
      return { head: true, measured: false, pieces: piece(length), ending: 'end' };
    default:
      return transmission satisfies never;
  }
}

function piece(till: number): TransmissionSteps['pieces'] {
  return till > 0 ? [{ waitMs: 0, from: 0, till }] : [];
}
