import { people } from '../../../packages/simulator/src/generated/people.ts';
import { templateSheet } from '../../../packages/simulator/src/operations/IMPORT/asset-template.ts';
import { createRandomness } from '../../../packages/simulator/src/randomness.ts';
import { assetTypes, companies, models } from '../../../packages/simulator/src/seed/catalogue.ts';
import type { CellValue, Sheet } from '../../../packages/simulator/src/workbooks.ts';

const sites = 30;
const perSite = 10;

/** Companies and districts that no tenant has yet: the import makes them. */
const newCompanies = ['ООО «Рассвет-Сервис»', 'ТРК «Речной»'];
const districts = ['Северный участок', 'Южный участок', 'Заречный участок'];
const classes = ['По умолчанию', 'Критичное оборудование', 'Арендованное', null];
const notes = ['Ключи у охраны', 'Доступ с 9 до 18', 'Вход со двора', 'Заявки только по телефону', null, null, null];

/** 300 assets of a Russian service company: 30 sites and the equipment that stands there. The same every time. */
export function sampleSheet(): Sheet {
  const random = createRandomness(20_260_302);
  const customers = [...companies.map(({ name }) => name), ...newCompanies];
  const site = assetTypes.filter(({ isHostable }) => isHostable);
  const equipment = assetTypes.filter(({ isHostable }) => !isHostable);
  const coordinate = (from: number, width: number): number => Math.round((from + random.next() * width) * 1e6) / 1e6;
  const rows: CellValue[][] = [];
  const add = (row: Omit<Row, 'erpId'>): void => {
    const erpId = `ЦБ-${String(rows.length + 1).padStart(6, '0')}`;
    const { name, company, type, className, district, workType, parent, address, latitude, longitude } = row;
    rows.push([
      ...[name, company, type, className, district, workType, parent, address, null, latitude, longitude],
      ...[null, row.isMobile ? 'Да' : 'Нет', null, null, row.serialNumber, erpId, row.notes, null, null, null, null],
    ]);
  };
  for (let index = 0; index < sites; index++) {
    const type = random.pick(site);
    const street = `${random.pick(people.streets)}, д. ${1 + random.below(120)}`;
    const place = {
      name: `${type.name}, ${street}`,
      company: random.pick(customers),
      district: random.pick(districts),
      className: random.pick(classes),
    };
    add({
      ...{ ...place, type: type.name, workType: 'Все виды работ', parent: null, isMobile: false, serialNumber: null },
      ...{
        address: `г. ${random.pick(people.cities)}, ${street}`,
        latitude: coordinate(51, 9),
        longitude: coordinate(30, 50),
      },
      notes: random.pick(notes),
    });
    for (let number = 1; number < perSite; number++) {
      const { id, name: typeName } = random.pick(equipment);
      add({
        ...place,
        ...{ name: `${typeName} ${random.pick(models[id] ?? [''])} № ${number}`, type: typeName, parent: place.name },
        ...{ className: random.pick(classes), workType: random.pick(['Плановое обслуживание', 'Ремонт', null]) },
        ...{ address: null, latitude: null, longitude: null, isMobile: false },
        serialNumber: `${random.letters(3).toUpperCase()}-${100_000 + random.below(899_999)}`,
        notes: random.pick(notes),
      });
    }
  }
  return templateSheet('ru', rows);
}

interface Row {
  readonly name: string;
  readonly company: string;
  readonly type: string;
  readonly className: string | null;
  readonly district: string;
  readonly workType: string | null;
  readonly parent: string | null;
  readonly address: string | null;
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly isMobile: boolean;
  readonly serialNumber: string | null;
  readonly erpId: string;
  readonly notes: string | null;
}
