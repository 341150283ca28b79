/** 53 bits that change when anything in a value changes, whatever the order of its properties. For comparing, not for secrets. */
export function digest(value: unknown): string {
  let [a, b] = [0x9e3779b9, 0x85ebca6b];
  const text = JSON.stringify(value, (_, field) =>
    field && typeof field === 'object' && !Array.isArray(field)
      ? Object.fromEntries(
          Object.entries(field)
            .filter(([, each]) => each != null)
            .sort(([left], [right]) => (left < right ? -1 : 1)),
        )
      : field,
  );
  for (let index = 0; index < text.length; index++) {
    a = Math.imul(a ^ text.charCodeAt(index), 2654435761);
    b = Math.imul(b ^ text.charCodeAt(index), 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ b;
  b = Math.imul(b ^ (b >>> 13), 3266489909) ^ a;
  return (4294967296 * (2097151 & b) + (a >>> 0)).toString(36);
}
