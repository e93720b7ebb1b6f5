// Added to a page that `genk-armoede watch` sends: reloads it when the report is newer, and says why it is not.
"use strict";
(() => {
  const told = document.createElement("pre");
  told.setAttribute("role", "alert");
  told.style.cssText = "position: sticky; bottom: 0; margin: 0; padding: 1rem; white-space: pre-wrap; color: #000; background: #fd9; border-top: 3px solid #b00";
  let news;
  const hear = (event) => {
    const { version, problem } = JSON.parse(event.data);
    if (version !== VERSION) location.reload();
    told.textContent = problem && `Het rapport is niet vernieuwd:\n${problem}`;
    if (problem) document.body.append(told);
    else told.remove();
  };
  // A browser holds few connections to one address: a page that nobody sees needs none.
  const follow = () => {
    news?.close();
    if (document.hidden) return;
    news = new EventSource(NEWS);
    news.onmessage = hear;
  };
  document.addEventListener("visibilitychange", follow);
  addEventListener("pagehide", () => news?.close());
  follow();
})();
