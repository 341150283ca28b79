/** How many deliveries the mock knows of, in a state or in all. */
export async function deliveriesOf(origin: string, state = ''): Promise<number> {
  const reply = await fetch(`${origin}/__mock/deliveries${state && `?state=${state}`}`);
  const { total } = (await reply.json()) as { total: number }; // as the control plane's document says
  return total;
}
