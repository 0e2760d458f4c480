/** Drawing with a finger, a pen or a mouse. `changed` is called with the first line. */
export function startDrawing(panel, changed) {
  const canvas = panel.querySelector("[data-canvas]");
  const pens = [...panel.querySelectorAll("[data-pen]")];
  const paper = canvas.getContext("2d");
  let lines = [];

  function place(event) {
    const box = canvas.getBoundingClientRect();
    return [((event.clientX - box.left) * canvas.width) / box.width, ((event.clientY - box.top) * canvas.height) / box.height];
  }

  function stroke({ colour, points }) {
    paper.strokeStyle = colour;
    paper.lineWidth = colour === "#ffffff" ? 40 : 10;
    paper.lineCap = "round";
    paper.lineJoin = "round";
    paper.beginPath();
    paper.moveTo(...points[0]);
    points.forEach((point) => paper.lineTo(...point));
    paper.stroke();
  }

  function draw() {
    paper.fillStyle = "#ffffff";
    paper.fillRect(0, 0, canvas.width, canvas.height);
    lines.forEach(stroke);
  }

  const colour = () => pens.find((pen) => pen.getAttribute("aria-pressed") === "true").dataset.pen;
  pens.forEach((pen) =>
    pen.addEventListener("click", () => pens.forEach((each) => each.setAttribute("aria-pressed", String(each === pen)))),
  );
  canvas.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    canvas.setPointerCapture(event.pointerId);
    lines.push({ colour: colour(), points: [place(event)] });
    draw();
    changed();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!canvas.hasPointerCapture(event.pointerId)) return;
    lines[lines.length - 1].points.push(place(event));
    stroke(lines[lines.length - 1]);
  });
  panel.querySelector("[data-undo]").addEventListener("click", () => {
    lines.pop();
    draw();
  });

  return {
    clear() {
      lines = [];
      draw();
    },
    file() {
      return new Promise((give) => {
        canvas.toBlob((blob) => give(new File([blob], "drawing.png", { type: "image/png" })), "image/png");
      });
    },
  };
}
