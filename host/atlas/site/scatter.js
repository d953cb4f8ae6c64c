// Very many points on a canvas: each is a few pixels written into an image, so that a hundred thousand take a few
// milliseconds. The nearest one is told of under the mouse.
const Scatter = (() => {
  'use strict';
  const MARGIN = {left: 52, right: 26, top: 30, bottom: 40};

  // options: points() → x (values, drawn on a logarithmic axis), their logs, y (values) and tint (0 to 1) by point,
  // labels() → of the two axes, words(point), href(point).
  function make(options) {
    const canvas = Dom.make('canvas', {class: 'scatter', role: 'img', 'aria-label': options.label});
    const tip = Dom.make('p', {class: 'tip', 'aria-live': 'off'});
    const box = Dom.make('div', {class: 'scatter-box'}, canvas, tip);
    let rows = [];
    let width = 0;
    let height = 0;
    let x, y;
    let image = null;
    let points = null;
    let labels = null;

    function scales() {
      let low = Infinity, high = 0, most = 0, least = 0;
      for (const at of rows) {
        const value = points.x[at];
        if (value > 0 && value < low) low = value;
        if (value > high) high = value;
        const rise = points.y[at];
        if (rise > most) most = rise;
        if (rise < least) least = rise;
      }
      if (!(high > 0)) {
        low = 1;
        high = 10;
      }
      x = d3.scaleLog().domain([low, Math.max(high, low * 10)]).range([MARGIN.left, width - MARGIN.right]).nice();
      y = d3.scaleLinear()
              .domain([least, most > least ? most : least + 1])
              .range([height - MARGIN.bottom, MARGIN.top])
              .nice();
    }

    const colour = (name) => tones[name];
    const parse = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));

    // Sizes and colours are asked of the page only when they may have changed: each question costs a layout.
    let tones = null;
    function draw(list, changed) {
      rows = list;
      points = options.points();
      labels = options.labels();
      if (width === 0 || changed) {
        width = Math.floor(box.clientWidth);
        const style = getComputedStyle(box);
        tones = {font: `12px ${style.fontFamily}`};
        for (const name of ['--static', '--dynamic', '--muted', '--line'])
          tones[name] = style.getPropertyValue(name).trim();
      }
      if (width === 0) return;
      height = Math.round(Math.min(440, Math.max(280, width * 0.5)));
      const ratio = window.devicePixelRatio || 1;
      if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
        canvas.width = Math.round(width * ratio);
        canvas.height = Math.round(height * ratio);
        canvas.style.width = `${width}px`;
        canvas.style.height = `${height}px`;
      }
      if (!points.x) return;  // nothing has come yet: the room is kept
      scales();
      const context = canvas.getContext('2d', {willReadFrequently: true});  // kept where pixels are written
      context.setTransform(1, 0, 0, 1, 0, 0);
      paint(context, ratio);
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      axes(context);
    }

    function paint(context, ratio) {
      if (!image || image.width !== canvas.width || image.height !== canvas.height)
        image = context.createImageData(canvas.width, canvas.height);
      const pixels = new Uint32Array(image.data.buffer);
      pixels.fill(0);
      const [from, to] = [parse(colour('--static')), parse(colour('--dynamic'))];
      const palette = d3.range(16).map((step) => {
        const [r, g, b] = [0, 1, 2].map((c) => Math.round(from[c] + (to[c] - from[c]) * step / 15));
        return (255 << 24 | b << 16 | g << 8 | r) >>> 0;
      });
      const size = Math.max(
          2,
          Math.round(
              (rows.length > 20000    ? 1.6 :
                   rows.length > 3000 ? 2.4 :
                   rows.length > 300  ? 3.6 :
                                        6) *
              ratio));
      const [log0, log1] = x.domain().map(Math.log);
      const [y0, y1] = y.domain();
      const [left, bottom] = [x.range()[0], y.range()[0]];
      const slope = (x.range()[1] - left) / (log1 - log0);
      const rise = (y.range()[1] - bottom) / (y1 - y0);
      const {width: stride} = canvas;
      for (let n = rows.length - 1; n >= 0; --n) {  // the largest on top
        const at = rows[n];
        if (!(points.x[at] > 0) || Number.isNaN(points.y[at])) continue;
        const px = Math.round((left + (points.logs[at] - log0) * slope) * ratio - size / 2);
        const py = Math.round((bottom + (points.y[at] - y0) * rise) * ratio - size / 2);
        const tone = palette[Math.min(15, Math.max(0, Math.round(points.tint[at] * 15)))];
        for (let dy = 0; dy < size; ++dy) {
          const line = (py + dy) * stride + px;
          for (let dx = 0; dx < size; ++dx) pixels[line + dx] = tone;
        }
      }
      context.putImageData(image, 0, 0);
    }

    function axes(context) {
      context.font = tones.font;
      context.fillStyle = colour('--muted');
      context.strokeStyle = colour('--line');
      context.textAlign = 'center';
      for (const tick of x.ticks(6).filter((value) => /^1(e|0*$)/.test(String(value)))) {
        context.fillText(Numbers.tick(tick), x(tick), height - MARGIN.bottom + 16);
        context.beginPath();
        context.moveTo(x(tick), MARGIN.top);
        context.lineTo(x(tick), height - MARGIN.bottom);
        context.globalAlpha = 0.6;
        context.stroke();
        context.globalAlpha = 1;
      }
      context.textAlign = 'right';
      for (const tick of y.ticks(5)) {
        context.fillText(Numbers.percent(tick, 0), MARGIN.left - 6, y(tick) + 4);
        context.beginPath();
        context.moveTo(MARGIN.left, y(tick));
        context.lineTo(width - MARGIN.right, y(tick));
        context.globalAlpha = tick === 0 ? 1 : 0.5;
        context.stroke();
        context.globalAlpha = 1;
      }
      context.fillText(labels[0], width - MARGIN.right, height - 6);
      context.textAlign = 'left';
      context.fillText(labels[1], 4, 11);
    }

    function nearest(event) {
      const bounds = canvas.getBoundingClientRect();
      const [mx, my] = [event.clientX - bounds.left, event.clientY - bounds.top];
      let best = -1;
      let least = 144;
      for (const at of rows) {
        const distance = (x(points.x[at]) - mx) ** 2 + (y(points.y[at]) - my) ** 2;
        if (distance < least) {
          least = distance;
          best = at;
        }
      }
      return best;
    }
    let asked = false;
    canvas.addEventListener('mousemove', (event) => {
      if (asked || !x) return;
      asked = true;
      requestAnimationFrame(() => {
        asked = false;
        const at = nearest(event);
        tip.textContent = at >= 0 ? options.words(at) : '';
        canvas.style.cursor = at >= 0 ? 'pointer' : '';
      });
    });
    canvas.addEventListener('click', (event) => {
      const at = x ? nearest(event) : -1;
      if (at >= 0) location.hash = options.href(at);
    });

    // The same as a drawing of circles, for a file.
    function svg() {
      const drawing = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
      const root = d3.select(drawing).attr('viewBox', `0 0 ${width} ${height}`);
      const [from, to] = [colour('--static'), colour('--dynamic')];
      const mix = d3.interpolateRgb(from, to);
      const radius = rows.length > 20000 ? 0.9 : rows.length > 3000 ? 1.2 : rows.length > 300 ? 1.8 : 3;
      for (let n = rows.length - 1; n >= 0; --n) {
        const at = rows[n];
        if (points.x[at] > 0 && !Number.isNaN(points.y[at]))
          root.append('circle')
              .attr('cx', x(points.x[at]).toFixed(1))
              .attr('cy', y(points.y[at]).toFixed(1))
              .attr('r', radius)
              .attr('fill', mix(points.tint[at]));
      }
      const note = (px, py, anchor, text) => root.append('text')
                                                 .attr('x', px)
                                                 .attr('y', py)
                                                 .attr('text-anchor', anchor)
                                                 .attr('font-size', 12)
                                                 .attr('font-family', 'sans-serif')
                                                 .attr('fill', colour('--muted'))
                                                 .text(text);
      for (const tick of x.ticks(6).filter((value) => /^1(e|0*$)/.test(String(value))))
        note(x(tick), height - MARGIN.bottom + 16, 'middle', Numbers.tick(tick));
      for (const tick of y.ticks(5)) note(MARGIN.left - 6, y(tick) + 4, 'end', Numbers.percent(tick, 0));
      note(width - MARGIN.right, height - 6, 'end', labels[0]);
      note(4, 11, 'start', labels[1]);
      return drawing;
    }

    return {element: box, draw, svg, canvas};
  }

  return {make};
})();
