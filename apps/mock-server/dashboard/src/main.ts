import { byId, element } from './element.ts';
import { Feed } from './feed.ts';
import { controlForm } from './form.ts';
import { Head } from './head.ts';
import { ask, type ControlShown } from './plane.ts';
import { follow } from './stream.ts';
import { word } from './words.ts';

/** Controls that have no form: the page itself follows the stream. */
const without = ['stream', 'ready'];

/** Those somebody looks for first. */
const first = ['emit', 'subscribe', 'scenario', 'addFault', 'advance', 'reset'];

const feed = new Feed();
let following = new AbortController();
let isStale = true;

const head = new Head(() => {
  feed.clear();
  start();
});

function start(): void {
  following.abort();
  following = new AbortController();
  isStale = true;
  void follow(following.signal, {
    onActivity(activity) {
      isStale = true;
      feed.add(activity);
    },
    onState(isConnected) {
      // A new connection tells the latest once more.
      if (isConnected) feed.clear();
      head.show(isConnected);
    },
  });
}

function rank({ name }: ControlShown): number {
  const place = first.indexOf(name);
  return place < 0 ? first.length : place;
}

document.documentElement.lang = navigator.language.startsWith('ru') ? 'ru' : 'en';
byId('head').append(head.element);
byId('feed').append(feed.element);
start();
const answer = await ask('/controls');
const controls: readonly ControlShown[] = answer.ok ? await answer.json() : [];
const shown = controls.filter(({ name }) => !without.includes(name)).sort((a, b) => rank(a) - rank(b));
byId('controls').append(element('h2', {}, word('Controls')), ...shown.map(controlForm));
document.querySelector('details')?.setAttribute('open', '');
// Counts are read anew when something has happened, at most once a second.
for (;;) {
  if (isStale) {
    isStale = false;
    await head.refresh().catch(() => {
      isStale = true;
    });
  }
  await new Promise((resolve) => setTimeout(resolve, 1_000));
}
