/** The part of undici that sends. A file of its own, so that the bundle can load it later than the rest. */
export { Pool } from 'undici';
