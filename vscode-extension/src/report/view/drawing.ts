// The iterations of a nest, as the server has drawn them: its shapes, in the colours of the editor's theme (view.css).

import { element } from "./dom";

export function drawing(svg: string): HTMLElement {
  const drawn = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
  const style = drawn.querySelector("style");
  style?.remove(); // the page's policy would refuse it
  scoped(style?.textContent ?? "");
  return element("figure", { class: "drawing" }, drawn);
}

/** Style for drawings alone; every drawing has the same. */
function scoped(style: string): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`.drawing { ${style} }`);
  document.adoptedStyleSheets = [sheet];
}
