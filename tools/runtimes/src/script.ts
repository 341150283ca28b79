import { print } from './print.ts';

await print();
