// The two questions of the gate, in the product's words.
export const GATE = {
  first: {
    question: "Does it show, or may it show, a nude, semi-nude or sexual image of anyone who is or may be under 18?",
    more: "Drawn and generated images count too.",
    stops: "HALT. Nothing is captured.",
  },
  second: {
    question: "Does it show, or may it show, extreme pornography, or instructions or publications for terrorism?",
    more: "",
    stops: "Nothing is captured. Review of this site ends, and it is referred to the police.",
  },
  whole: "Think of the whole page that you scrolled through, not only of what is on screen now.",
  doubt: "If you have any doubt, answer Not sure. That is a safe answer.",
} as const;
