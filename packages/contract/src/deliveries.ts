/** The names of the asset events alone, kept apart from the catalogue because every byte counts at the edge. */
export { eventNames, firstEventId } from './generated/deliveries.ts';
