/** What a rule asks for, in our words, and what in this office shows that it is done. */
export type Control = { readonly id: string; readonly asks: string; readonly shownBy: string };

/** A rule with the parts of it that open source touches. The text of the rule itself is what counts. */
export type Framework = { readonly id: string; readonly title: string; readonly source: string; readonly controls: readonly Control[] };
