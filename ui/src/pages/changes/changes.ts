// What can change in the course of a case: what is asked for each, and the act that records it.
import type { Act, CaseView, Choice } from "../../generated/wire";

export interface Asked {
  id: string;
  label: string;
  hint?: string;
  kind: "line" | "words" | "one-of";
  options?: { id: string; label: string; hint?: string | null }[];
  optional?: boolean;
}

export interface Change {
  id: string;
  label: string;
  hint: string;
  /** Two people record it. */
  two?: boolean;
  asked: Asked[];
  act: (answer: (id: string) => string, second: string) => Act;
}

const YES_NO = [
  { id: "yes", label: "Yes" },
  { id: "no", label: "No" },
];
const why: Asked = { id: "reason", label: "Why", kind: "words" };
const learned: Asked = { id: "reason", label: "What was learned, from whom and when", kind: "words" };

function oneOf(id: string, label: string, options: Choice[] | { id: string; label: string }[], optional = false): Asked {
  return { id, label, kind: "one-of", options, optional };
}

/** The changes that the case leaves open now. */
export function changesOf(kase: CaseView, people: { id: string; label: string }[]): Change[] {
  return [...facts(kase, people), ...course(kase), ...following(kase), ...keeping(kase)];
}

function facts(kase: CaseView, people: { id: string; label: string }[]): Change[] {
  const found: Change[] = [
    {
      id: "answer-child-safe",
      label: "Whether the child is safe now",
      hint: "If not, ring 999 first",
      asked: [
        oneOf("childSafe", "Is the child safe now?", [
          { id: "safe", label: "Yes" },
          { id: "not-safe", label: "No, or we do not know" },
          { id: "no-child", label: "No child is involved" },
        ]),
        { id: "childSafeWords", label: "How you know, or what was done at once", kind: "words", optional: true },
      ],
      act: (answer) => ({ act: "answer-child-safe", childSafe: answer("childSafe"), words: answer("childSafeWords") }),
    },
    {
      id: "involve",
      label: "Somebody else is involved",
      hint: "A child who may be harmed, a witness, or who reported it",
      asked: [
        { id: "name", label: "How the record names them", kind: "line" },
        oneOf("role", "In which role?", [
          { id: "child-at-risk", label: "Child who may be harmed" },
          { id: "witness", label: "Witness" },
          { id: "reporter", label: "Reporter" },
        ]),
        learned,
      ],
      act: (answer) => ({ act: "involve", name: answer("name"), role: answer("role"), reason: answer("reason") }),
    },
    {
      id: "change-subject",
      label: "Who is the person concerned",
      hint: "As when a case turns into an allegation against staff. The review stops until the harm test is answered",
      asked: [
        { id: "name", label: "How the record names them", kind: "line" },
        oneOf("kind", "What are they to the school?", [
          { id: "pupil", label: "Pupil" },
          { id: "staff", label: "Staff, supply or volunteer" },
          { id: "other", label: "Somebody else, or not known" },
        ]),
        oneOf("works", "Do they work or volunteer with children?", YES_NO),
        { ...oneOf("enrolled", "Are they enrolled in Evidence Trail?", people, true), hint: "Leave empty if not" },
        learned,
      ],
      act: (answer) => ({
        act: "change-subject",
        name: answer("name"),
        kind: answer("kind"),
        enrolled: answer("enrolled") || null,
        worksWithChildren: answer("works") === "yes",
        reason: answer("reason"),
      }),
    },
  ];
  if (kase.turns.stricter.length > 0) {
    found.push({
      id: "reroute",
      label: "The case has to take a stricter way",
      hint: "Any one of you may decide this alone. There is no way back to a laxer one",
      asked: [oneOf("exit", "Which way?", kase.turns.stricter), why],
      act: (answer) => ({ act: "reroute", exit: answer("exit"), reason: answer("reason") }),
    });
  }
  return found;
}

function course(kase: CaseView): Change[] {
  const found: Change[] = [];
  const { members, newcomers, otherComputers, disagreementOpen } = kase.turns;
  if (members.length > 0 && newcomers.length > 0) {
    found.push({
      id: "replace-member",
      label: "A member of the group leaves, and another comes",
      hint: "End the session first if they are part of it",
      asked: [
        oneOf("left", "Who leaves?", members),
        oneOf("came", "Who comes?", newcomers),
        { id: "external", label: "From where, if from outside the school", hint: "Trust, Local Authority, governor, neighbouring head", kind: "line", optional: true },
        oneOf("managed", "Does the person concerned manage them?", YES_NO),
        { id: "despite", label: "If so, why nobody else can act", kind: "words", optional: true },
        why,
      ],
      act: (answer) => ({
        act: "replace-member",
        left: answer("left"),
        came: answer("came"),
        external: answer("external"),
        managed: answer("managed") === "yes",
        despite: answer("despite"),
        reason: answer("reason"),
      }),
    });
  }
  if (otherComputers.length > 0) {
    found.push({
      id: "change-computer",
      label: "The designated computer",
      hint: "Only if it failed, was seized or was replaced",
      two: true,
      asked: [
        oneOf("assetTag", "Which computer from here on?", otherComputers),
        { id: "filter", label: "Which filter categories were opened for it, by whom, until when", kind: "words" },
        { id: "custodian", label: "Who has the one before", kind: "line" },
        { id: "place", label: "Where that is", kind: "line" },
        why,
      ],
      act: (answer, second) => ({
        act: "change-computer",
        assetTag: answer("assetTag"),
        filter: answer("filter"),
        reason: answer("reason"),
        custodian: answer("custodian"),
        place: answer("place"),
        with: second,
      }),
    });
  }
  if (disagreementOpen) {
    found.push({
      id: "decide-disagreement",
      label: "Decide where the reviewing people did not agree",
      hint: "Whoever signs off, signed in on this computer",
      asked: [
        oneOf("decision", "What do you decide?", [
          { id: "substance", label: "The concern has substance" },
          { id: "no-substance", label: "The concern has no substance" },
          { id: "third-member", label: "A third member judges too" },
        ]),
        oneOf("member", "Who, if a third member judges", newcomers, true),
        { id: "reasons", label: "Your reasons", kind: "words" },
      ],
      act: (answer) => ({ act: "decide-disagreement", decision: answer("decision"), member: answer("member") || null, reasons: answer("reasons") }),
    });
  }
  return found;
}

function following(kase: CaseView): Change[] {
  const chosen = kase.actions.filter((one) => one.chosen).map((one) => ({ id: one.action, label: one.label, hint: one.held ?? one.line }));
  const held = kase.actions.filter((one) => one.held !== null).map((one) => ({ id: one.action, label: one.label, hint: one.held }));
  const found: Change[] = [];
  if (chosen.length > 0) {
    found.push({
      id: "move-action",
      label: "How far an action is",
      hint: "By its owner: in hand, done, and what came of it",
      asked: [
        { id: "action", label: "Which action?", kind: "one-of", options: chosen },
        oneOf("state", "How far is it?", [
          { id: "in-hand", label: "In hand" },
          { id: "done", label: "Done" },
        ]),
        { id: "outcome", label: "What came of it so far", kind: "words" },
      ],
      act: (answer) => ({ act: "move-action", action: answer("action"), state: answer("state"), outcome: answer("outcome") }),
    });
  }
  if (held.length > 0) {
    found.push({
      id: "release-action",
      label: "A held action may go ahead",
      hint: "Police, LADO or social care said so",
      asked: [
        { id: "action", label: "Which action?", kind: "one-of", options: held },
        { id: "said", label: "Who said so, when and how", kind: "words" },
      ],
      act: (answer) => ({ act: "release-action", action: answer("action"), said: answer("said") }),
    });
  }
  return found;
}

function keeping(kase: CaseView): Change[] {
  const found: Change[] = [
    {
      id: "custody",
      label: "Who holds an item now",
      hint: "The computer, a device, a printout",
      asked: [
        { id: "item", label: "Item", kind: "line" },
        { id: "custodian", label: "Who holds it", kind: "line" },
        { id: "place", label: "Where", kind: "line" },
      ],
      act: (answer) => ({ act: "custody", item: answer("item"), custodian: answer("custodian"), place: answer("place") }),
    },
    {
      id: "start-clock",
      label: "A clock starts",
      hint: "As when personal data was lost or exposed",
      asked: [oneOf("clock", "Which clock?", kase.turns.clocks), { id: "words", label: "What started it, and when", kind: "words" }],
      act: (answer) => ({ act: "start-clock", clock: answer("clock"), words: answer("words") }),
    },
    {
      id: "place-hold",
      label: "A legal hold",
      hint: "Nothing of the case is destroyed while it stands",
      asked: [{ id: "reason", label: "Why, and who asked for it", kind: "words" }],
      act: (answer) => ({ act: "place-hold", reason: answer("reason") }),
    },
    {
      id: "correct",
      label: "Something recorded is wrong",
      hint: "The entry stays as it is; what is right stands beside it",
      asked: [
        { id: "seq", label: "Number of the entry", hint: "It stands in the timeline", kind: "line" },
        { id: "words", label: "What is right", kind: "words" },
      ],
      act: (answer) => ({ act: "correct", seq: answer("seq"), words: answer("words") }),
    },
  ];
  if (kase.turns.running.length > 0) {
    found.push({
      id: "stop-clock",
      label: "What a clock asks for was done",
      hint: "The clock ends",
      asked: [oneOf("clock", "Which clock?", kase.turns.running), { id: "words", label: "What was done, when and by whom", kind: "words" }],
      act: (answer) => ({ act: "stop-clock", clock: answer("clock"), words: answer("words") }),
    });
  }
  if (kase.turns.holds.length > 0) {
    found.push({
      id: "lift-hold",
      label: "A legal hold ends",
      hint: "Two people record it",
      two: true,
      asked: [
        oneOf("hold", "Which hold?", kase.turns.holds.map((one) => ({ id: one.entry, label: one.line }))),
        { id: "reason", label: "Why, and who said so", kind: "words" },
      ],
      act: (answer, second) => ({ act: "lift-hold", hold: answer("hold"), reason: answer("reason"), with: second }),
    });
  }
  if (kase.retained.length > 0) {
    found.push({
      id: "reopen",
      label: "The case is reopened",
      hint: "It goes on from the judgement, and another edition of the form is made",
      two: true,
      asked: [why],
      act: (answer, second) => ({ act: "reopen", reason: answer("reason"), with: second }),
    });
  }
  return found;
}
