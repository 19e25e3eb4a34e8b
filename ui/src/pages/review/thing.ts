// What is asked of a device that was reviewed, and of a physical item: one row for each field, in the order of the page.
import type { DeviceForm, ItemForm, StatedForm } from "../../generated/wire";

interface Question {
  /** The id of its control. */
  id: string;
  label: string;
  hint?: string;
  /** What to do where there is neither an answer nor a reason. */
  todo: string;
}

/** A question with what was answered so far. */
interface Asked<Name extends string> extends Question {
  name: Name;
  stated: StatedForm;
}

const DEVICE: Record<keyof DeviceForm, Question> = {
  make: { id: "deviceMake", label: "Make", todo: "Enter who made the device" },
  model: { id: "deviceModel", label: "Model", todo: "Enter the model" },
  serial: { id: "deviceSerial", label: "Serial number", hint: "Read it off the label or the settings", todo: "Enter the serial number" },
  owner: { id: "deviceOwner", label: "Whose it is", hint: "As the record names people, such as: the school, or Pupil A, Year 9", todo: "Enter whose device it is" },
  location: { id: "deviceLocation", label: "Where it was looked at, or is kept", todo: "Enter where the device was looked at, or is kept" },
  handedOverBy: { id: "handedOverBy", label: "Who handed it over", todo: "Enter who handed the device over" },
  handedOverAt: { id: "handedOverAt", label: "When it was handed over", hint: "Such as: 22 November 2026, 09:10", todo: "Enter when it was handed over" },
  lookedAt: { id: "lookedAt", label: "What was looked at", hint: "Such as: the messages of one group from 20 to 22 November", todo: "Enter what was looked at" },
};

const ITEM: Record<keyof ItemForm, Question> = {
  mark: { id: "itemMark", label: "Mark on the item", hint: "A label, a number or a name that is on it", todo: "Enter the mark on the item" },
  description: { id: "itemDescription", label: "Description", hint: "What it is and looks like", todo: "Enter what the item is and looks like" },
  seal: { id: "itemSeal", label: "Seal number", todo: "Enter the number of the seal" },
  custodian: { id: "itemCustodian", label: "Who holds it", todo: "Enter who holds the item" },
  place: { id: "itemPlace", label: "Where it is", todo: "Enter where the item is" },
};

/** Every question on a device, with no answer yet. */
export const askedOfDevice = () => unanswered(DEVICE);

/** Every question on an item, with no answer yet. */
export const askedOfItem = () => unanswered(ITEM);

function unanswered<Name extends string>(questions: Record<Name, Question>): Asked<Name>[] {
  return (Object.keys(questions) as Name[]).map((name) => ({ ...questions[name], name, stated: { said: "", because: "" } }));
}

/** The answers by their names, as the core takes them. */
export function answers<Name extends string>(asked: Asked<Name>[]): Record<Name, StatedForm> {
  return Object.fromEntries(asked.map(({ name, stated }) => [name, stated])) as Record<Name, StatedForm>;
}

/** What is neither answered nor said to be unknown. */
export function unsaid(asked: Asked<string>[]): { field: string; text: string }[] {
  return asked
    .filter(({ stated }) => stated.said.trim() === "" && stated.because.trim() === "")
    .map(({ id, todo }) => ({ field: id, text: `${todo}, or say why it is not recorded` }));
}
