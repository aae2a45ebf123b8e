// Pictures are drawn when they are first looked at, which takes the emulator a moment. So only what is in view is asked for,
// and three at a time: a browser has six connections to a server, and the page wants some for itself.
import { h, icon } from "./base.js";

const AT_ONCE = 3;
const waiting = [];
let loading = 0;

const watcher = new IntersectionObserver((seen) => {
  for (const { target, isIntersecting } of seen) {
    const place = waiting.indexOf(target);
    if (isIntersecting && place < 0 && !target.src) waiting.push(target);
    else if (!isIntersecting && place >= 0) waiting.splice(place, 1);
  }
  next();
}, { rootMargin: "200px" });

function next() {
  while (loading < AT_ONCE && waiting.length) {
    const image = waiting.shift();
    watcher.unobserve(image);
    if (!image.isConnected) continue;
    loading += 1;
    image.src = image.dataset.src;
  }
}

/** A picture that comes when it is looked at; `see` is called when it is there. */
export function picture(src, see) {
  const image = h("img", { alt: "", decoding: "async", data: { src } });
  const done = () => { loading -= 1; next(); };
  image.addEventListener("load", () => { image.classList.add("fresh"); done(); see?.(); });
  image.addEventListener("error", () => { image.replaceWith(icon("image")); done(); });
  watcher.observe(image);
  return image;
}
