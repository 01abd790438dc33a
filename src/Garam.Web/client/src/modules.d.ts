declare module "idiomorph" {
  export const Idiomorph: {
    morph(existing: Element, content: Element | string, options?: { morphStyle?: "outerHTML" | "innerHTML"; ignoreActiveValue?: boolean }): Node[];
  };
}

declare module "*.css";
