/* The preview's own script: reloads the page after a build, and shows a fault over the last good page. */
(() => {
  // The version of the page comes after the script's name: the server says whether there is a newer one.
  const place = new URL(`livereload${new URL(document.currentScript.src).search}`, document.currentScript.src);
  place.protocol = place.protocol === "https:" ? "wss:" : "ws:";
  let lost = false;

  const show = (text) => {
    const panel = document.getElementById("paperbound-fault") ?? document.createElement("pre");
    panel.id = "paperbound-fault";
    panel.setAttribute("role", "alert");
    panel.textContent = text;
    // Set one by one: the pages' policy forbids style attributes, not the style object.
    Object.assign(panel.style, {
      position: "fixed", insetInline: "0", insetBlockEnd: "0", zIndex: "99", margin: "0", padding: "1rem 1.5rem",
      maxBlockSize: "50vh", overflow: "auto", whiteSpace: "pre-wrap", color: "#fff", background: "#7a1513",
      font: "14px/1.5 ui-monospace, Menlo, Consolas, monospace",
    });
    document.body.append(panel);
  };

  const connect = () => {
    const socket = new WebSocket(place);
    const send = (message) => socket.send(JSON.stringify(message));
    socket.addEventListener("open", () => {
      if (lost) location.reload();
      send({ command: "hello", protocols: ["http://livereload.com/protocols/official-7"] });
    });
    socket.addEventListener("message", ({ data }) => {
      const message = JSON.parse(data);
      if (message.command === "hello") send({ command: "info", url: location.href });
      if (message.command === "reload") location.reload();
      if (message.command === "alert") show(message.message);
    });
    socket.addEventListener("close", () => {
      lost = true;
      setTimeout(connect, 1000);
    });
  };
  connect();
})();
