import type { Refusal, Rule } from '../domain/refusal.ts';

type Language = 'ru' | 'en';

/** How a refusal goes out: status, code, message, and whether it counts as a missing resource. */
export interface RefusalReply {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

/** ES, COMMON and EXPORT refuse with 409, the other services with 400 (facts §9). */
const conflicting: ReadonlySet<string> = new Set(['ES', 'COMMON', 'EXPORT']);

/** Status, code and message of a refusal in the language of the caller (B014, B015, B017). */
export function describeRefusal(
  refusal: Refusal,
  context: { service: string; language: Language; unknownAssetStatus: '409' | '404' },
): RefusalReply {
  const { service, language } = context;
  const status = conflicting.has(service) ? 409 : 400;
  const say = (ru: string, en: string): string => (language === 'ru' ? ru : en);
  switch (refusal.kind) {
    case 'invalid': {
      const { field, problem } = refusal;
      return {
        status,
        code: 'InvalidData',
        message: say(`Поле ${field}: недопустимое значение.`, `Field ${field}: expected ${problem}.`),
      };
    }
    case 'malformed': {
      const { field, problem } = refusal;
      return {
        status: 400,
        code: 'InvalidData',
        message: say(`${field}: недопустимое значение.`, `${field}: expected ${problem}.`),
      };
    }
    case 'missing':
      return {
        status,
        code: 'InvalidData',
        message: say(`Поле ${refusal.field} обязательно.`, `Field ${refusal.field} is required.`),
      };
    case 'no-body':
      return { status, code: 'ParameterNull', message: say('Не передано тело запроса.', 'The request has no body.') };
    case 'unknown-asset':
      return {
        status: Number(context.unknownAssetStatus),
        code: 'AssetNotFound',
        message: notFound('Asset', { id: refusal.id, language }),
      };
    case 'unknown-entity': {
      const { entity, id } = refusal;
      const code = status === 409 ? `${entity}NotFound` : 'NotFound';
      return { status, code, message: notFound(entity, { id, language }) };
    }
    case 'deleted-entity': {
      const { entity, id } = refusal;
      return {
        status,
        code: `${entity}Deleted`,
        message: say(`${entity} ${id}: запись удалена.`, `${entity} ${id} is deleted.`),
      };
    }
    case 'forbidden-by-rule': {
      const [ru, en] = rules[refusal.rule];
      return { status, code: 'InvalidOperation', message: say(ru, en) };
    }
    case 'already-done':
      return {
        status,
        code: 'AlreadyDone',
        message: say(`Уже выполнено: ${refusal.what}.`, `Already done: ${refusal.what}.`),
      };
    case 'search-field': {
      const message = say('Поиск разрешён только по одному полю.', 'Searching is allowed by one field only.');
      return { status: 400, code: 'SearchFieldNotAllowedForTenant', message };
    }
    case 'bad-file':
      return { status: 409, code: refusal.code, message: say(sentence(refusal.ru), sentence(refusal.en)) };
    default:
      return refusal satisfies never;
  }
}

const rules: Readonly<Record<Rule, readonly [ru: string, en: string]>> = {
  'host-needs-address': ['У объекта-хоста не указан адрес.', 'A host asset needs an address.'],
  'type-locked': ['Тип опубликованного объекта менять нельзя.', 'The type of a published asset cannot be changed.'],
  'own-ancestor': ['Объект не может входить сам в себя.', 'An asset cannot be its own ancestor.'],
  'active-task': ['По объекту есть активные заявки.', 'The asset has active tasks.'],
};

function sentence(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;
}

function notFound(entity: string, subject: { id: number | string; language: Language }): string {
  const { id, language } = subject;
  return language === 'ru' ? `${entity} ${id}: запись не найдена.` : `${entity} ${id} was not found.`;
}
