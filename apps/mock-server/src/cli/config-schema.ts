import { switchLedger, switchValues } from '@hubex-kit/simulator';
import { type Setting, serveSettings } from './settings.ts';

type Schema = Readonly<Record<string, unknown>>;

/** JSON Schema of hubex-mock.yaml, for editors: made of the same table as the flags. */
export function configSchema(): Schema {
  const properties = serveSettings.flatMap((setting): [string, Schema][] =>
    setting.key === undefined ? [] : [[setting.key, { description: setting.description, ...shapeOf(setting) }]],
  );
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Settings of hubex-mock serve',
    type: 'object',
    additionalProperties: false,
    properties: { $schema: { type: 'string' }, ...Object.fromEntries(properties) },
  };
}

function shapeOf(setting: Setting): Schema {
  switch (setting.kind) {
    case 'whole':
      return { type: 'integer', minimum: setting.least, maximum: setting.most, ...defaultOf(setting.default) };
    case 'text':
      return { type: 'string', minLength: 1, ...defaultOf(setting.default) };
    case 'token':
      return { type: 'string', pattern: '^\\S{1,200}$', ...defaultOf(setting.default) };
    case 'choice':
      return { enum: setting.choices, ...defaultOf(setting.default) };
    case 'flag':
      return { type: 'boolean', default: false };
    case 'hosts':
      return { type: 'array', items: { type: 'string', pattern: '^[\\w.:-]{1,253}$' } };
    case 'switches':
      return { type: 'object', additionalProperties: false, properties: switchShapes() };
    default:
      return setting satisfies never;
  }
}

function defaultOf(value: unknown): Schema {
  return value === undefined ? {} : { default: value };
}

function switchShapes(): Schema {
  return Object.fromEntries(
    Object.entries(switchValues).map(([name, values]) => {
      const description = switchLedger[name as keyof typeof switchLedger]; // the two tables have the same keys
      const shape =
        values === 'boolean'
          ? { type: 'boolean' }
          : values === 'integer'
            ? { type: 'integer', minimum: 0 }
            : { enum: values };
      return [name, { description, ...shape }];
    }),
  );
}
