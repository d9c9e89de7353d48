// Shows the calls as they come: the server sends ids, the page fetches.
const list = document.getElementById("calls");
const status = document.getElementById("status");
let newest = 0;

async function fetchCalls() {
  const reply = await fetch(`_mock/requests?since=${newest}`);
  const { requests } = await reply.json();
  for (const entry of requests) {
    const item = document.createElement("li");
    item.textContent = [entry.time, entry.http_method, entry.method ?? entry.path,
      entry.error ?? "ok"].join(" ");
    list.append(item);
    newest = entry.id;
  }
}

const events = new EventSource("_mock/events");
events.addEventListener("open", () => { status.textContent = "connected"; fetchCalls(); });
events.addEventListener("error", () => { status.textContent = "not connected"; });
events.addEventListener("request", fetchCalls);
events.addEventListener("gap", () => { list.replaceChildren(); newest = 0; fetchCalls(); });
