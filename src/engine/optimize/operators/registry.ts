import type { EditOperator } from './editOperator.ts';
import { writeAfresh } from './fresh.ts';
import { askForForm } from './outputForm.ts';
import { reflectOnFailures } from './reflect.ts';
import { specialiseLine } from './specialise.ts';

const operators: readonly EditOperator[] = [
  reflectOnFailures,
  specialiseLine,
  askForForm,
  writeAfresh,
];

/** The operator of this name. */
export function operatorNamed(name: string): EditOperator {
  const found = operators.find(operator => operator.name === name);
  if (!found) throw new Error(`No edit operator is called ${name}.`);
  return found;
}
