import type { AssetType, Named } from '../domain/reference-data.ts';

/** Customers of the imaginary service company; the names are invented. */
export const companies: readonly Named[] = [
  'ООО «Северный ветер»',
  'АО «Волжские мельницы»',
  'ООО «Кедр-Логистика»',
  'Сеть магазинов «Полюшко»',
  'ТЦ «Семь вершин»',
  'ООО «Хлебозавод № 12»',
  'Гостиница «Зимний сад»',
  'АО «Станкомаш-Урал»',
  'Клиника «Добрый день»',
  'УК «Тихая гавань»',
  'ООО «Аптека рядом»',
  'Бизнес-центр «Маяк»',
].map((name, index) => ({ id: index + 1, name }));

/** What stands at a site: hostable types carry the address, the others hang below them. */
export const assetTypes: readonly AssetType[] = [
  { id: 1, name: 'Здание', isHostable: true },
  { id: 2, name: 'Торговая точка', isHostable: true },
  { id: 3, name: 'Пассажирский лифт', isHostable: false },
  { id: 4, name: 'Чиллер', isHostable: false },
  { id: 5, name: 'Газовый котёл', isHostable: false },
  { id: 6, name: 'Кассовый терминал', isHostable: false },
  { id: 7, name: 'Холодильная витрина', isHostable: false },
  { id: 8, name: 'Приточная установка', isHostable: false },
  { id: 9, name: 'Дизельный генератор', isHostable: false },
  { id: 10, name: 'Пожарная сигнализация', isHostable: false },
];

/** Makers and models by asset type id, for names such as «Чиллер Полюс-120 № 3». */
export const models: Readonly<Record<number, readonly string[]>> = {
  3: ['Подъём-400', 'Подъём-630', 'Вертикаль-1000'],
  4: ['Полюс-120', 'Полюс-240', 'Арктика-90'],
  5: ['Тепло-50', 'Тепло-100', 'Очаг-350'],
  6: ['Касса-5', 'Касса-7М'],
  7: ['Витрина-180', 'Витрина-250', 'Иней-130'],
  8: ['Поток-3', 'Поток-8', 'Бриз-12'],
  9: ['Искра-60', 'Искра-200'],
  10: ['Страж-16', 'Страж-64'],
};

/** How much an asset matters, and to whom it belongs. */
export const assetClasses: readonly Named[] = [
  { id: 1, name: 'По умолчанию' },
  { id: 2, name: 'Критичное оборудование' },
  { id: 3, name: 'Арендованное' },
];

/** Districts («участки»); assets of the seed are in the second and the third. */
export const districts: readonly Named[] = [
  { id: 1, name: 'Все участки' },
  { id: 2, name: 'Северный участок' },
  { id: 3, name: 'Южный участок' },
];

/** What an engineer must be able to do. */
export const skills: readonly Named[] = [
  { id: 1, name: 'Допуск к электроустановкам' },
  { id: 2, name: 'Холодильная техника' },
  { id: 3, name: 'Газовое оборудование' },
];

/** Kinds of work done on assets. */
export const workTypes: readonly Named[] = [
  { id: 1, name: 'Плановое обслуживание' },
  { id: 2, name: 'Ремонт' },
  { id: 3, name: 'Диагностика' },
  { id: 4, name: 'Монтаж' },
];

/** Lists an engineer works through. */
export const checkLists: readonly Named[] = [
  { id: 1, name: 'Ежемесячный осмотр' },
  { id: 2, name: 'Сезонный запуск' },
];

/** How often an asset is serviced. */
export const scheduleRules: readonly Named[] = [
  { id: 1, name: 'Раз в месяц' },
  { id: 2, name: 'Раз в квартал' },
];

/** Stages of a task. */
export const taskStages: readonly Named[] = [
  { id: 1, name: 'Новая' },
  { id: 2, name: 'Назначена' },
  { id: 3, name: 'В работе' },
  { id: 4, name: 'Выполнена' },
];
