// How do the apps of a ticket's page open, and what does the page tell them? The host's half of the vendor's app
// framework, as far as a sidebar app needs it: the first POST, the handshake, `get` and `resize`.
const byWindow = new Map();

function answer(frame, message) {
  const guid = frame.dataset.guid;
  frame.contentWindow.postMessage(JSON.stringify({ ...message, appGuid: guid, instanceGuid: guid }), frame.dataset.site);
}

function got(frame, paths) {
  const known = { "ticket.id": Number(frame.dataset.ticket) };
  const result = { errors: {} };
  for (const path of paths) {
    if (path in known) result[path] = known[path];
    else result.errors[path] = { name: "APIError", message: `${path} is not known here` };
  }
  return result;
}

function heard(frame, message) {
  if (message.key === "iframe.handshake") {
    const context = { product: "support", location: "ticket_sidebar", ticketId: Number(frame.dataset.ticket) };
    answer(frame, { key: "zaf.app.registered", message: { context, metadata: { settings: {} } } });
  } else if (message.request === "get") {
    answer(frame, { id: message.id, result: got(frame, message.params) });
  } else if (message.request === "invoke" && message.params.resize) {
    frame.height = Number.parseInt(message.params.resize[0].height, 10);
    answer(frame, { id: message.id, result: {} });
  }
}

window.addEventListener("message", (event) => {
  const frame = byWindow.get(event.source);
  if (!frame || event.origin !== frame.dataset.site) return;
  const message = typeof event.data === "string" ? JSON.parse(event.data) : event.data;
  if (message.appGuid === frame.dataset.guid) heard(frame, message);
});

for (const frame of document.querySelectorAll("iframe[data-guid]")) {
  frame.dataset.site = new URL(frame.dataset.address).origin;
  byWindow.set(frame.contentWindow, frame);
  document.getElementById(`open-${frame.dataset.guid}`).submit();
}
