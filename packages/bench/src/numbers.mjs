/** The value in the middle. */
export function median(values) {
  return quantile(values, 0.5);
}

/** The value below which this part of them lies. */
export function quantile(values, part) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
}

/** Rounded for reading. */
export function rounded(value, digits = 2) {
  return Number(value.toFixed(digits));
}
