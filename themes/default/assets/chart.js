/* Points on a canvas: draws them, zooms and moves, finds the one below the pointer, walks from one to the next. */

const cells = 64;
const side = 4096;
const closest = 14;
const deepest = 40;

export class Chart {
  #isDrawn = false;
  #pointers = new Map();
  #travel = 0;
  #colours = { colours: [], ink: "0 0 0", ground: "255 255 255", font: "" };
  #digits = "";
  #marked = null;
  #stressed = "";

  constructor({ x, y, box, regions, colours }, names, { onMove, onPoint, onOpen }) {
    Object.assign(this, { xs: x, ys: y, box, regions, names, onMove, onPoint, onOpen });
    this.columns = colours;
    this.size = x.length;
    this.canvas = document.createElement("canvas");
    this.context = this.canvas.getContext("2d");
    this.at = -1;
    this.#fill();
  }

  /** Sorts the points into the cells of a grid. */
  #fill() {
    const cellOf = (number) => ((this.ys[number] * cells) >> 12) * cells + ((this.xs[number] * cells) >> 12);
    this.begins = new Uint32Array(cells * cells + 1);
    for (let number = 0; number < this.size; number++) this.begins[cellOf(number) + 1]++;
    for (let cell = 0; cell < cells * cells; cell++) this.begins[cell + 1] += this.begins[cell];
    const next = this.begins.slice();
    this.order = new Uint32Array(this.size);
    for (let number = 0; number < this.size; number++) this.order[next[cellOf(number)]++] = number;
  }

  begin(figure) {
    const measure = () => {
      this.width = figure.clientWidth;
      this.height = figure.clientHeight;
      this.ratio = Math.min(devicePixelRatio, 2);
      this.canvas.width = this.width * this.ratio;
      this.canvas.height = this.height * this.ratio;
      this.fit = Math.min(this.width / this.box[2], this.height / this.box[3]);
      this.#draw();
    };
    measure();
    this.whole = { x: this.box[0] + this.box[2] / 2, y: this.box[1] + this.box[3] / 2, zoom: 1 };
    this.view = { ...this.whole, isWhole: true };
    new ResizeObserver(measure).observe(figure);
    this.#listen();
  }

  /** Colours the points by a column, or again. */
  colour(name, colours) {
    if (name !== null) this.#digits = this.columns[name] ?? "";
    this.#colours = colours;
    this.#draw();
  }

  /** Marks these points; all, for null. */
  mark(numbers) {
    this.#marked = numbers && Uint8Array.from({ length: this.size });
    for (const number of numbers ?? []) this.#marked[number] = 1;
    this.#draw();
  }

  /** Marks the points of one colour while something is pointed at. */
  stress(digit) {
    this.#stressed = digit;
    this.#draw();
  }

  look(view) {
    this.#move(view ?? this.whole, view === null);
  }

  zoom(factor, x = this.width / 2, y = this.height / 2) {
    const [before, zoom] = [this.#lift(x, y), Math.min(deepest, Math.max(1, this.view.zoom * factor))];
    const scale = this.fit * zoom;
    this.#move({ x: before[0] - (x - this.width / 2) / scale, y: before[1] - (y - this.height / 2) / scale, zoom }, zoom === 1);
  }

  showRegion(number) {
    const [x, y] = this.regions[number];
    this.#move({ x, y, zoom: 4 }, false);
  }

  #move({ x, y, zoom }, isWhole) {
    const inside = (value, start, length) => Math.min(start + length, Math.max(start, value));
    const kept = isWhole ? this.whole : { x: inside(x, this.box[0], this.box[2]), y: inside(y, this.box[1], this.box[3]), zoom: Math.min(deepest, Math.max(1, zoom)) };
    this.view = { ...kept, isWhole };
    this.#draw();
    this.onMove(this.at);
  }

  /** Where a point is on the canvas, in CSS pixels. */
  find(number) {
    const scale = this.fit * this.view.zoom;
    return [(this.xs[number] - this.view.x) * scale + this.width / 2, (this.ys[number] - this.view.y) * scale + this.height / 2];
  }

  #lift(x, y) {
    const scale = this.fit * this.view.zoom;
    return [(x - this.width / 2) / scale + this.view.x, (y - this.height / 2) / scale + this.view.y];
  }

  #draw() {
    if (this.#isDrawn) return;
    this.#isDrawn = true;
    requestAnimationFrame(() => {
      this.#isDrawn = false;
      if (this.view) this.#paint();
    });
  }

  /** The pixels of a point: offsets from its middle, and how much of each one it covers. */
  #stamp(radius) {
    const [reach, offsets] = [Math.ceil(radius), []];
    for (let y = -reach; y <= reach; y++) {
      for (let x = -reach; x <= reach; x++) {
        const cover = Math.min(1, Math.max(0, radius + 0.5 - Math.hypot(x, y)));
        if (cover) offsets.push([x + y * this.canvas.width, cover]);
      }
    }
    return { reach, offsets };
  }

  /** A colour mixed with the ground, as a pixel. */
  #mix(colour, share) {
    const [mine, ground] = [colour, this.#colours.ground].map((one) => one.match(/[\d.]+/g).map(Number));
    return [0, 1, 2].reduce((pixel, at) => pixel | (Math.round(mine[at] * share + ground[at] * (1 - share)) << (8 * at)), 255 << 24) >>> 0;
  }

  /** Writes points into the picture: all, or those that are marked or not. */
  #write(pixels, radius, share, wanted) {
    const { ratio, view, size, xs, ys } = this;
    const { width, height } = this.canvas;
    const { reach, offsets } = this.#stamp(radius * ratio);
    const scale = this.fit * view.zoom * ratio;
    const [left, top] = [width / 2 - view.x * scale + 0.5, height / 2 - view.y * scale + 0.5];
    const shades = Array.from({ length: 9 }, (_, digit) => offsets.map(([, cover]) => this.#mix(this.#colours.colours[digit] ?? this.#colours.ink, share * cover)));
    const isOn = (number) => (!this.#marked || this.#marked[number]) && (!this.#stressed || this.#digits[number] === this.#stressed);
    const ground = this.#mix(this.#colours.ground, 1);
    for (let number = 0; number < size; number++) {
      if (wanted !== null && Boolean(isOn(number)) !== wanted) continue;
      const [x, y] = [(xs[number] * scale + left) | 0, (ys[number] * scale + top) | 0];
      if (x < reach || y < reach || x >= width - reach || y >= height - reach) continue;
      const [at, shade] = [x + y * width, shades[this.#digits.charCodeAt(number) - 48] ?? shades[0]];
      for (let place = 0; place < offsets.length; place++) {
        const pixel = at + offsets[place][0];
        // The soft edge of a point covers no other point.
        if (offsets[place][1] === 1 || pixels[pixel] === ground) pixels[pixel] = shade[place];
      }
    }
  }

  #paint() {
    const { context, ratio, view, size } = this;
    const radius = Math.min(7, (size > 20000 ? 1.1 : size > 2000 ? 1.7 : 3.2) * view.zoom ** 0.4);
    // Pixels are written, for a call of the canvas for each point takes thirty times as long.
    const image = context.createImageData(this.canvas.width, this.canvas.height);
    const pixels = new Uint32Array(image.data.buffer);
    pixels.fill(this.#mix(this.#colours.ground, 1));
    if (this.#marked || this.#stressed) {
      this.#write(pixels, radius, 0.16, false);
      this.#write(pixels, this.#marked ? radius * 1.6 : radius, 1, true);
    } else this.#write(pixels, radius, 1, null);
    context.putImageData(image, 0, 0);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.#label();
    if (this.at >= 0) {
      const [x, y] = this.find(this.at);
      context.strokeStyle = this.#colours.ink;
      context.lineWidth = 2;
      context.beginPath();
      context.arc(x, y, radius + 4, 0, 7);
      context.stroke();
    }
  }

  #label() {
    const { context, view } = this;
    const { ink, ground, font } = this.#colours;
    const taken = [];
    context.font = font;
    context.textAlign = "center";
    Object.assign(context, { lineWidth: 4, lineJoin: "round", strokeStyle: ground, fillStyle: ink });
    for (const [number, [x, y, ...words]] of this.regions.entries()) {
      const name = this.width < 500 ? words.slice(0, 2).join(" · ") : this.names[number];
      const scale = this.fit * view.zoom;
      const [at, top] = [(x - view.x) * scale + this.width / 2, (y - view.y) * scale + this.height / 2];
      const half = context.measureText(name).width / 2 + 6;
      if (at + half < 0 || at - half > this.width || top < 0 || top > this.height) continue;
      const left = Math.max(half, Math.min(at, this.width - half));
      if (taken.some(([at, other, room]) => Math.abs(at - left) < half + room && Math.abs(other - top) < 20)) continue;
      taken.push([left, top, half]);
      context.strokeText(name, left, top);
      context.fillText(name, left, top);
    }
  }

  /** The point nearest to a place of the canvas, if it is near. */
  #near(x, y, most = closest) {
    const [middle, reach] = [this.#lift(x, y), most / (this.fit * this.view.zoom)];
    const cell = (value) => Math.min(cells - 1, Math.max(0, Math.floor((value * cells) / side)));
    let [best, far] = [-1, reach * reach];
    for (let row = cell(middle[1] - reach); row <= cell(middle[1] + reach); row++) {
      const [first, last] = [row * cells + cell(middle[0] - reach), row * cells + cell(middle[0] + reach)];
      for (let at = this.begins[first]; at < this.begins[last + 1]; at++) {
        const number = this.order[at];
        if (this.#marked && !this.#marked[number]) continue;
        const distance = (this.xs[number] - middle[0]) ** 2 + (this.ys[number] - middle[1]) ** 2;
        if (distance < far) [best, far] = [number, distance];
      }
    }
    return best;
  }

  /** The nearest point in a direction: a step aside counts twice. */
  #next(dx, dy) {
    let [best, least] = [-1, Infinity];
    for (let number = 0; number < this.size; number++) {
      if (number === this.at || (this.#marked && !this.#marked[number])) continue;
      const [x, y] = [this.xs[number] - this.xs[this.at], this.ys[number] - this.ys[this.at]];
      const [along, aside] = [x * dx + y * dy, Math.abs(x * dy) + Math.abs(y * dx)];
      if (along > 0 && aside <= along && along + aside * 2 < least) [best, least] = [number, along + aside * 2];
    }
    return best;
  }

  #choose(number, aloud) {
    if (number === this.at && !aloud) return;
    this.at = number;
    this.#draw();
    this.onPoint(number, aloud);
  }

  #walk(dx, dy) {
    const next = this.at < 0 ? this.#near(this.width / 2, this.height / 2, this.width) : this.#next(dx, dy);
    if (next < 0) return;
    this.at = next;
    const [x, y] = this.find(next);
    if (x < 30 || y < 30 || x > this.width - 30 || y > this.height - 30) {
      this.#move({ x: this.xs[next], y: this.ys[next], zoom: this.view.zoom }, false);
    }
    this.#choose(next, true);
  }

  #press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    const acts = { "+": () => this.zoom(1.6), "=": () => this.zoom(1.6), "-": () => this.zoom(1 / 1.6), 0: () => this.look(null), Escape: () => this.#choose(-1, false) };
    const arrow = arrows[event.key];
    if (arrow && event.shiftKey) {
      const step = 80 / (this.fit * this.view.zoom);
      this.#move({ x: this.view.x + arrow[0] * step, y: this.view.y + arrow[1] * step, zoom: this.view.zoom }, false);
    } else if (arrow) this.#walk(...arrow);
    else if (event.key === "Enter" && this.at >= 0) this.onOpen(this.at);
    else if (Object.hasOwn(acts, event.key)) acts[event.key]();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #drag(event) {
    const before = this.#pointers.get(event.pointerId);
    if (!before) {
      if (event.pointerType === "mouse") this.#choose(this.#near(event.offsetX, event.offsetY), false);
      return;
    }
    const scale = this.fit * this.view.zoom;
    const [dx, dy] = [event.offsetX - before[0], event.offsetY - before[1]];
    const others = [...this.#pointers].filter(([id]) => id !== event.pointerId);
    this.#travel += Math.abs(dx) + Math.abs(dy);
    this.#pointers.set(event.pointerId, [event.offsetX, event.offsetY]);
    if (others.length) {
      // Two fingers: the map grows with their distance, around the one that rests.
      const [, [x, y]] = others[0];
      const [was, is] = [Math.hypot(before[0] - x, before[1] - y), Math.hypot(event.offsetX - x, event.offsetY - y)];
      if (was > 0) this.zoom(is / was, x, y);
    } else if (this.#travel > 4) {
      this.#move({ x: this.view.x - dx / scale, y: this.view.y - dy / scale, zoom: this.view.zoom }, false);
    }
  }

  #release(event) {
    if (!this.#pointers.delete(event.pointerId) || this.#travel > 4 || event.type !== "pointerup") return;
    const found = this.#near(event.offsetX, event.offsetY, event.pointerType === "mouse" ? closest : 2 * closest);
    // A mouse has seen the title; a finger sees it now, and opens the paper by its title.
    if (event.pointerType === "mouse" && found >= 0) this.onOpen(found);
    else this.#choose(found, false);
  }

  #listen() {
    const { canvas } = this;
    canvas.addEventListener("pointerdown", (event) => {
      if (event.button) return;
      if (!this.#pointers.size) this.#travel = 0;
      this.#pointers.set(event.pointerId, [event.offsetX, event.offsetY]);
      canvas.setPointerCapture(event.pointerId);
    });
    canvas.addEventListener("pointermove", (event) => this.#drag(event));
    for (const name of ["pointerup", "pointercancel"]) canvas.addEventListener(name, (event) => this.#release(event));
    canvas.addEventListener("pointerleave", (event) => event.pointerType === "mouse" && document.activeElement !== canvas && this.#choose(-1, false));
    canvas.addEventListener(
      "wheel",
      (event) => {
        // The page scrolls on, unless the map has the focus or a key says zoom.
        if (!event.ctrlKey && !event.metaKey && document.activeElement !== canvas) return;
        event.preventDefault();
        this.zoom(2 ** (-event.deltaY / 300), event.offsetX, event.offsetY);
      },
      { passive: false },
    );
    canvas.addEventListener("keydown", (event) => this.#press(event));
  }
}
