// The one door to the spreadsheet library: the build makes a file of its own of it, so that nothing else loads it.
export { readSheet } from './read-sheet.ts';
export { writeSheets } from './write-sheets.ts';
