const russian: Readonly<Record<string, string>> = {
  Activity: 'События',
  Controls: 'Управление',
  tenant: 'тенант',
  requests: 'запросы',
  events: 'события',
  delivered: 'доставлено',
  failed: 'не доставлено',
  pending: 'в очереди',
  'Filter…': 'Отбор…',
  Clear: 'Очистить',
  Run: 'Выполнить',
  Examples: 'Примеры',
  connected: 'на связи',
  'connection lost, trying again': 'связь потеряна, пробую снова',
  'Nothing has happened yet. Call the API, or cause an event on the right.':
    'Пока ничего не произошло. Вызовите API или создайте событие справа.',
  'Control token': 'Токен управления',
  required: 'обязательно',
};

const isRussian = navigator.language.startsWith('ru');

/** A label in the language of the browser: Russian, or English for everybody else. */
export function word(english: string): string {
  return isRussian ? (russian[english] ?? english) : english;
}
