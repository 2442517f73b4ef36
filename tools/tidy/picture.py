"""The service map as an SVG: callers above what they call; solid lines are calls, dashed ones events."""

BOX_WIDTH, BOX_HEIGHT, GAP, LAYER_HEIGHT, MARGIN, LEGEND = 116, 38, 26, 100, 20, 34
BEND_WIDTH = 22  # room for a line that passes a layer
ROUNDS = 40
PULL = 0.2  # to the middle of the picture, so that it does not grow wide

STYLE = """
  .ground { fill: #ffffff } .box { fill: #eef2f7; stroke: #5b6b7f }
  text { fill: #1c2733; font: 14px system-ui, sans-serif; text-anchor: middle }
  .legend { font-size: 12px; text-anchor: start } .line { fill: none; stroke-width: 1.6 }
  .call { stroke: #2f5d8c } .event { stroke: #a85a12; stroke-dasharray: 5 4 }
  #call-end path { fill: #2f5d8c } #event-end path { fill: #a85a12 }
  @media (prefers-color-scheme: dark) {
    .ground { fill: #12181f } .box { fill: #1f2a36; stroke: #8fa3b8 } text { fill: #e6edf3 }
    .call { stroke: #7fb2e5 } .event { stroke: #f0a860 }
    #call-end path { fill: #7fb2e5 } #event-end path { fill: #f0a860 }
  }"""


def draw(services):
    """The whole file, from what services.collect gives."""
    calls = {(name, called) for name, service in services.items() for called in service.calls}
    events = {}
    for name, service in services.items():
        for publisher, event in service.hears:
            events.setdefault((publisher, name), []).append(event)
    known = {pair for pair in calls | events.keys() if set(pair) <= services.keys() and pair[0] != pair[1]}
    calls &= known
    events = {pair: found for pair, found in events.items() if pair in known}
    pairs = _downwards(calls, events)
    layers, ways = _layers(sorted(services), pairs)
    places = _places(layers, ways)
    return _svg(services, places, ways, calls, events)


def _downwards(calls, events):
    """Pairs from the upper to the lower box: callers above; of who only hears, the publisher above."""
    pairs = set(calls)
    for pair in sorted(events):
        if pair not in pairs and pair[::-1] not in pairs and not _leads(pair[1], pair[0], pairs):
            pairs.add(pair)
    return pairs


def _leads(start, end, pairs):
    seen, open_ones = set(), [start]
    while open_ones:
        name = open_ones.pop()
        if name == end:
            return True
        if name not in seen:
            seen.add(name)
            open_ones += [lower for upper, lower in pairs if upper == name]
    return False


def _layers(names, pairs):
    """Layers of nodes from above, and for each pair the nodes that its line passes. A bend is a tuple."""
    depth = {name: 0 for name in names}
    for _ in names:
        for upper, lower in pairs:
            depth[lower] = max(depth[lower], depth[upper] + 1)
    rows = max(depth.values(), default=0) + 1
    layers = [[name for name in names if depth[name] == row] for row in range(rows)]
    ways = {}
    for upper, lower in sorted(pairs):
        bends = [(upper, lower, row) for row in range(depth[upper] + 1, depth[lower])]
        for bend in bends:
            layers[bend[2]].append(bend)
        ways[upper, lower] = [upper, *bends, lower]
    return layers, ways


def _places(layers, ways):
    """node → (x, y) of its middle. Nodes go to the middle of their neighbours, as far as others let them."""
    near = {}
    for way in ways.values():
        for one, other in zip(way, way[1:]):
            near.setdefault(one, []).append(other)
            near.setdefault(other, []).append(one)
    x = {node: float(at * (BOX_WIDTH + GAP)) for layer in layers for at, node in enumerate(layer)}
    for turn in range(ROUNDS):
        middle = sum(x.values()) / max(len(x), 1)
        for layer in layers if turn % 2 == 0 else reversed(layers):
            wanted = {}
            for node in layer:
                neighbours = [x[other] for other in near.get(node, [node])]
                wanted[node] = (1 - PULL) * sum(neighbours) / len(neighbours) + PULL * middle
            if turn < ROUNDS // 2:
                layer.sort(key=lambda node: (wanted[node], str(node)))
            _settle(layer, wanted, x)
    left = min((x[node] - _width(node) / 2 for node in x), default=0.0)
    return {node: (round(x[node] - left + MARGIN), MARGIN + BOX_HEIGHT // 2 + row * LAYER_HEIGHT)
            for row, layer in enumerate(layers) for node in layer}


def _settle(layer, wanted, x):
    """Puts the layer's nodes where they want to be, without one on another."""
    at = None
    for before, node in zip([None, *layer], layer):
        least = at + (_width(before) + _width(node)) / 2 + GAP if before is not None else wanted[node]
        at = x[node] = max(least, wanted[node])
    shift = sum(wanted[node] - x[node] for node in layer) / max(len(layer), 1)
    for node in layer:
        x[node] += shift


def _width(node):
    return BEND_WIDTH if isinstance(node, tuple) else BOX_WIDTH


def _svg(services, places, ways, calls, events):
    width = max((x + _width(node) // 2 for node, (x, _) in places.items()), default=0) + MARGIN
    height = max((y for _, y in places.values()), default=0) + BOX_HEIGHT // 2 + MARGIN + LEGEND
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}"'
             f' height="{height}" role="img"'
             ' aria-label="Which service calls which, and whose events it hears">',
             f"<style>{STYLE}\n</style>", "<defs>", _arrow("call-end"), _arrow("event-end"), "</defs>",
             f'<rect class="ground" width="{width}" height="{height}" rx="8"/>']
    for pair, way in ways.items():
        parts += _lines(pair, way, places, calls, events)
    for name in sorted(services):
        x, y = places[name]
        parts.append(f'<rect class="box" x="{x - BOX_WIDTH // 2}" y="{y - BOX_HEIGHT // 2}"'
                     f' width="{BOX_WIDTH}" height="{BOX_HEIGHT}" rx="6"/>'
                     f'<text x="{x}" y="{y + 5}">{name}</text>')
    y = height - MARGIN
    parts += [f'<path class="line call" marker-end="url(#call-end)" d="M{MARGIN} {y} h44"/>',
              f'<text class="legend" x="{MARGIN + 54}" y="{y + 4}">calls</text>',
              f'<path class="line event" marker-end="url(#event-end)" d="M{MARGIN + 104} {y} h44"/>',
              f'<text class="legend" x="{MARGIN + 158}" y="{y + 4}">events, from publisher to consumer'
              "</text>",
              "</svg>", ""]
    return "\n".join(parts)


def _arrow(name):
    return (f'<marker id="{name}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7"'
            ' orient="auto-start-reverse"><path d="M0 0 L8 4 L0 8 z"/></marker>')


def _lines(pair, way, places, calls, events):
    """Beside each other: the calls of a pair, and its events with an arrow at each end that hears."""
    upper, lower = pair
    down, up = events.get((upper, lower), []), events.get((lower, upper), [])
    aside = 7 if pair in calls and (down or up) else 0
    if pair in calls:
        way_down = _curve(way, places, -aside)
        yield (f'<path class="line call" marker-end="url(#call-end)" d="{way_down}">'
               f"<title>{upper} calls {lower}</title></path>")
    if down or up:
        ends = ' marker-end="url(#event-end)"' if down else ""
        ends += ' marker-start="url(#event-end)"' if up else ""
        said = "; ".join(f"{by} hears {', '.join(sorted(found))}"
                         for by, found in ((lower, down), (upper, up)) if found)
        yield (f'<path class="line event"{ends} d="{_curve(way, places, aside)}">'
               f"<title>{said}</title></path>")


def _curve(way, places, aside):
    """From the upper box's lower edge to the lower box's upper edge, through the bends."""
    points = [places[node] for node in way]
    (x, y), rest = points[0], points[1:]
    lean = _lean(points[0], points[1])
    path = f"M{x + aside + lean} {y + BOX_HEIGHT // 2}"
    y += BOX_HEIGHT // 2
    for at, (to_x, to_y) in enumerate(rest):
        last = at == len(rest) - 1
        to_x, to_y = to_x + aside + (-_lean(points[at], points[at + 1]) if last else 0), to_y
        to_y -= BOX_HEIGHT // 2
        middle = (y + to_y) // 2
        start_x = x + aside + (lean if at == 0 else 0)
        path += f" C{start_x} {middle} {to_x} {middle} {to_x} {to_y}"
        if not last:
            path += f" V{to_y + BOX_HEIGHT}"
        x, y = points[at + 1][0], to_y + BOX_HEIGHT
    return path


def _lean(one, other):
    """Lines leave a box on the side that they go to, so that they do not all meet in one point."""
    return max(-BOX_WIDTH // 2 + 16, min(BOX_WIDTH // 2 - 16, (other[0] - one[0]) // 5))
