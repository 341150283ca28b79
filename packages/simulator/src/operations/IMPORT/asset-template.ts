import type { ImportRow } from '../../domain/import-row.ts';
import type { CellValue, Sheet } from '../../workbooks.ts';

/** The language of sheet names, captions and notes. */
export type Language = 'ru' | 'en';

/** The sheet that holds assets (B232). */
export const sheetNames: Readonly<Record<Language, string>> = { ru: 'Объекты и оборудование', en: 'Assets' };

/** Where captions stand and data begins, counted from 1 (B233). */
export const captionRow = 3;
/** The first row of data. */
export const firstDataRow = 4;
/** Assets a file may hold (B237). */
export const mostRows = 2_000;

/** What a column is about: a field of the row, or something the mock holds no data for (B249). */
export type ColumnField = Exclude<keyof ImportRow, 'number'> | 'timeZone' | 'country' | 'contact';

/** A column of the template. Captions after the fifth are assumed (B233); the codes are those of the export. */
export interface Column {
  readonly code: string;
  readonly ru: string;
  readonly en: string;
  readonly field: ColumnField;
  /** The caption carries an asterisk. `refused`: a workbook without the column is refused as well. */
  readonly mandatory?: 'starred' | 'refused';
}

/** The columns in the order of the template. */
export const columns: readonly Column[] = [
  { code: 'Name', ru: 'Название', en: 'Name', field: 'name', mandatory: 'refused' },
  { code: 'CompanyName', ru: 'Компания', en: 'Company', field: 'company', mandatory: 'refused' },
  { code: 'AssetTypeName', ru: 'Тип', en: 'Type', field: 'type', mandatory: 'refused' },
  { code: 'AssetClassName', ru: 'Класс', en: 'Class', field: 'className', mandatory: 'starred' },
  { code: 'DistrictName', ru: 'Участок', en: 'District', field: 'district', mandatory: 'starred' },
  { code: 'WorkTypeName', ru: 'Вид работ', en: 'Work type', field: 'workType' },
  { code: 'ParentAssetName', ru: 'Родительский элемент', en: 'Parent', field: 'parent' },
  { code: 'LocationAddress', ru: 'Адрес', en: 'Address', field: 'address' },
  { code: 'LocationDescription', ru: 'Описание адреса', en: 'Address description', field: 'addressDescription' },
  { code: 'LocationLatitude', ru: 'Широта', en: 'Latitude', field: 'latitude' },
  { code: 'LocationLongitude', ru: 'Долгота', en: 'Longitude', field: 'longitude' },
  { code: 'ResponsiblePersonFullName', ru: 'Ответственный', en: 'Responsible', field: 'responsible' },
  { code: 'IsMobileAsset', ru: 'Мобильное оборудование', en: 'Mobile equipment', field: 'isMobile' },
  { code: 'LocationTimezoneNameRu', ru: 'Часовой пояс', en: 'Time zone', field: 'timeZone' },
  { code: 'LocationCountryNameRu', ru: 'Страна', en: 'Country', field: 'country' },
  { code: 'SerialNumber', ru: 'Серийный номер', en: 'Serial number', field: 'serialNumber' },
  { code: 'ErpID', ru: 'ERP ID', en: 'ERP ID', field: 'erpId' },
  { code: 'Notes', ru: 'Примечание', en: 'Notes', field: 'notes' },
  { code: 'AssetContactFullName', ru: 'Контакт: ФИО', en: 'Contact: full name', field: 'contact' },
  { code: 'AssetContactPhone', ru: 'Контакт: телефон', en: 'Contact: phone', field: 'contact' },
  { code: 'AssetContactEmail', ru: 'Контакт: e-mail', en: 'Contact: e-mail', field: 'contact' },
  { code: 'AssetContactDescription', ru: 'Контакт: описание', en: 'Contact: description', field: 'contact' },
];

/** Да and Нет, and what they are in English (B246). */
export const yesAndNo: Readonly<Record<Language, { readonly yes: string; readonly no: string }>> = {
  ru: { yes: 'Да', no: 'Нет' },
  en: { yes: 'Yes', no: 'No' },
};

/** The template with these rows of data, each as long as there are columns. */
export function templateSheet(language: Language, data: readonly (readonly CellValue[])[]): Sheet {
  return {
    name: sheetNames[language],
    rows: [
      [language === 'ru' ? 'Поля со звёздочкой обязательны' : 'Fields with an asterisk are mandatory'],
      columns.map(({ code }) => code),
      columns.map((column) => (column.mandatory ? `${column[language]}*` : column[language])),
      ...data,
    ],
    heading: { band: captionRow - 1, captions: captionRow },
  };
}
