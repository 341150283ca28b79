const day = 86_400;

/** Seconds of a .NET time span (`30.00:00:00`, `12:30:00`) or of a bare number of days (`999`); undefined when it is neither (B034). */
export function readValidity(text: string): number | undefined {
  if (/^\d{1,7}$/.test(text)) return positive(Number(text) * day);
  const parts = /^(?:(\d{1,7})\.)?([01]?\d|2[0-3]):([0-5]?\d)(?::([0-5]?\d)(?:\.\d{1,7})?)?$/.exec(text);
  if (!parts) return undefined;
  const [days, hours, minutes, seconds] = parts.slice(1).map((part) => Number(part ?? 0));
  return positive((days ?? 0) * day + (hours ?? 0) * 3600 + (minutes ?? 0) * 60 + (seconds ?? 0));
}

function positive(seconds: number): number | undefined {
  return seconds > 0 ? seconds : undefined;
}
