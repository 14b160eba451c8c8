import { actionId, numberIn } from '../../chat/action-id.ts';
import { notice } from '../../chat/notice.ts';
import type { FormErrors, Reply } from '../../chat/reply.ts';
import { cleanText, literally } from '../../chat/text.ts';
import type { FormValues } from '../../chat/turn.ts';
import type { Db } from '../../database/database.ts';
import {
  COMPONENT_KIND_NAMES,
  COMPONENT_KINDS,
  type ComponentKind,
  componentKey,
  componentsOf,
  linkComponent,
  listComponents,
  unlinkComponent,
} from '../../records/ai-component.ts';
import { systemKey } from '../../records/ai-system/ai-system.ts';
import { readSystem } from '../../records/ai-system/read-systems.ts';
import { type Asker, type Outcome, say } from '../feature.ts';
import { showButton } from './refused.ts';
import type { RegisterParts } from './register.ts';
import { mayChange } from './rights.ts';

const MAX_NAME = 120;

/** Models or AI features, and the systems that contain each. */
export async function componentList(db: Db, kind: ComponentKind): Promise<Reply> {
  const components = await listComponents(db, kind);
  const title = kind === 'model' ? 'Models' : 'AI features';
  if (components.length === 0) {
    return notice(
      `No ${kind === 'model' ? 'model' : 'AI feature'} is linked to a system yet. A system's card has a button for it.`,
    );
  }
  return {
    kind: 'notice',
    blocks: [
      { kind: 'heading', text: title },
      {
        kind: 'table',
        columns: [COMPONENT_KIND_NAMES[kind], 'Version', 'Vendor', 'In'],
        rows: components.map(({ component, systems }) => [
          `${componentKey(component)} ${literally(component.name)}`,
          literally(component.version ?? ''),
          literally(component.vendor ?? ''),
          systems.map(({ id, name }) => `${systemKey(id)} ${literally(name)}`).join(', '),
        ]),
      },
    ],
    actions: [],
  };
}

/** Links a model or feature to a system, or takes one away. */
export async function linkForm(parts: RegisterParts, id: string, asker: Asker): Promise<Outcome> {
  const system = await readSystem(parts.db, numberIn(id));
  if (!system) return say(notice('That is not in the register.'));
  if (!mayChange(asker.person, system)) {
    return say(notice('Models and features are linked by the owner or the compliance lead.', showButton(system.id)));
  }
  const linked = await componentsOf(parts.db, system.id);
  return say({
    kind: 'form',
    form: {
      id: actionId('register', 'link', id),
      title: 'Models and features',
      intro: `**${systemKey(system.id)} ${literally(system.content.name)}** One of the same kind, name and version is the same one everywhere.`,
      submitLabel: 'Record',
      inputs: [
        {
          kind: 'select',
          name: 'kind',
          label: 'Add',
          optional: linked.length > 0,
          options: COMPONENT_KINDS.map((value) => ({ value, label: COMPONENT_KIND_NAMES[value] })),
        },
        textInput('name', 'Name', linked.length > 0),
        textInput('version', 'Version', true),
        textInput('vendor', 'Vendor or maker', true),
        textInput('note', 'Note', true),
        ...(linked.length > 0
          ? [
              {
                kind: 'choices' as const,
                name: 'remove',
                label: 'Take away',
                optional: true,
                options: linked.map((one) => ({
                  value: String(one.id),
                  label: `${componentKey(one)} ${one.name}${one.version ? ` ${one.version}` : ''}`,
                })),
              },
            ]
          : []),
      ],
    },
  });
}

function textInput(name: string, label: string, optional: boolean) {
  return { kind: 'text', name, label, multiline: false, maxLength: MAX_NAME, optional } as const;
}

export function checkLinkForm({ kind = '', name = '', remove = '', ...rest }: FormValues): FormErrors {
  const errors: Record<string, string> = {};
  const adds = kind !== '' || cleanText(name) !== '';
  if (adds && !isKind(kind)) errors['kind'] = 'Choose what it is.';
  if (adds && cleanText(name) === '') errors['name'] = 'Give its name.';
  if (!adds && remove === '') errors['name'] = 'Add one, or choose one to take away.';
  for (const [field, value] of Object.entries({ name, ...rest })) {
    if (value.length > MAX_NAME) errors[field] = `Shorten it to ${MAX_NAME} characters.`;
  }
  return errors;
}

export async function submitLinkForm(
  parts: RegisterParts,
  id: string,
  values: FormValues,
  asker: Asker,
): Promise<Outcome> {
  const system = await readSystem(parts.db, numberIn(id));
  if (!system || !mayChange(asker.person, system))
    return say(notice('That is not yours to change. Nothing was changed.'));
  const faults = Object.values(checkLinkForm(values));
  if (faults.length > 0) return say(notice(`${faults.join(' ')} Nothing was changed.`));
  const { kind = '', name = '', version, vendor, note, remove = '' } = values;
  const leaving = (await componentsOf(parts.db, system.id)).filter((one) => remove.split(',').includes(String(one.id)));
  return async (change) => {
    const done: string[] = [];
    for (const one of leaving) {
      if (await unlinkComponent(change, system.id, one)) done.push(`${componentKey(one)} is taken away`);
    }
    if (isKind(kind) && name) {
      const described = {
        kind,
        name,
        version: version || undefined,
        vendor: vendor || undefined,
        note: note || undefined,
      };
      const linked = await linkComponent(change, system.id, described);
      done.push(
        linked
          ? `${componentKey(linked)} ${literally(linked.name)} is linked`
          : `${literally(name)} was linked already`,
      );
    }
    const what = `**${systemKey(system.id)} ${literally(system.content.name)}**`;
    return [notice(`Recorded for ${what}: ${done.join('; ') || 'nothing was changed'}.`, showButton(system.id))];
  };
}

function isKind(text: string): text is ComponentKind {
  return (COMPONENT_KINDS as readonly string[]).includes(text);
}
