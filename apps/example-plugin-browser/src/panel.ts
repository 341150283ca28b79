import { type HubexClient, isHubexError } from '@hubex-kit/sdk/client';

/** Where and about what the panel is. */
export interface PanelOptions {
  readonly hubex: HubexClient;
  readonly assetId: number;
}

/** Shows an asset with a button that publishes it or takes it back. */
export async function mountPanel(root: HTMLElement, { hubex, assetId }: PanelOptions): Promise<void> {
  const title = element('h1');
  const state = element('p', { role: 'status' });
  const button = element('button', { type: 'button' });
  root.replaceChildren(title, state, button);

  const show = async (): Promise<void> => {
    const asset = await hubex.assets.get(assetId);
    title.textContent = asset?.name ?? `Объекта ${assetId} нет`;
    button.hidden = !asset || asset.deleted != null;
    button.textContent = asset?.published ? 'Снять с публикации' : 'Опубликовать';
    button.onclick = () =>
      guarded(() => (asset?.published ? hubex.assets.unpublish(assetId) : hubex.assets.publish(assetId)));
    state.textContent = asset?.published ? `Опубликован ${date(asset.published)}` : asset ? 'Не опубликован' : '';
    state.className = '';
  };
  const guarded = async (act: () => Promise<unknown>): Promise<void> => {
    button.disabled = true;
    try {
      await act();
      await show();
    } catch (error) {
      state.className = 'failed';
      state.textContent = isHubexError(error) ? sayWhy(error.code, error.message) : String(error);
    } finally {
      button.disabled = false;
    }
  };
  await guarded(async () => undefined);
}

function sayWhy(code: string, message: string): string {
  if (code === 'hubex/unauthorised') return 'HubEx не принял токен.';
  if (code === 'hubex/forbidden') return 'У пользователя нет права публиковать объекты.';
  return message;
}

function date(text: string): string {
  return new Date(/Z$/.test(text) ? text : `${text}Z`).toLocaleString('ru-RU', {
    dateStyle: 'long',
    timeStyle: 'short',
  });
}

function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, string>> = {},
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}
