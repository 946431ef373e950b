"""Numbers drawn: levels and match strength (one hue, five steps, the number written), small recharts."""

import reflex as rx

_time = rx.asset("charts_time.jsx", shared=True)


class TimeChart(rx.NoSSRComponent):
    """One measure over the interview's time (charts_time.jsx). `points`: [{at, value}] and `marks`: [{at, label}], in
    seconds; a click, or Enter, plays the recording beside it from there."""

    library = _time.importable_path
    tag = "TimeChart"
    lib_dependencies: list[str] = ["recharts@3.10.1"]  # the version reflex's own charts come from

    points: rx.Var[list[dict[str, float]]]
    marks: rx.Var[list[dict[str, str | float]]]
    seconds: rx.Var[float]
    unit: rx.Var[str]
    label: rx.Var[str]


time_chart = TimeChart.create


def _steps(filled: rx.Var) -> rx.Component:
    """Five blocks, `filled` of them in the hue's own step."""
    return rx.el.span(
        *[rx.el.i(class_name=rx.cond(filled >= step, f"s{step}", "")) for step in range(1, 6)],
        aria_hidden="true",
        class_name="steps",
    )


def match_bar(score: rx.Var[int], steps: rx.Var[int]) -> rx.Component:
    """A match of 0..100 (below 0: not ranked yet) as blocks and its number."""
    return rx.cond(
        score >= 0,
        rx.el.span(
            _steps(steps),
            rx.el.b(score),
            rx.el.span(" of 100", class_name="hidden-text"),
            class_name="match num",
        ),
        rx.el.span("Not ranked", class_name="note"),
    )


def level_bar(level: rx.Var[int]) -> rx.Component:
    """A level of 1..5 as blocks; the words beside it say the same."""
    return _steps(level)


def bars(data: rx.Var, key: str, name: str, colour: str = "var(--level-4)", height: int = 200) -> rx.Component:
    """Bars over `data` = [{"name": …, key: number}]."""
    return rx.recharts.bar_chart(
        rx.recharts.bar(data_key=key, name=name, fill=colour, radius=[4, 4, 0, 0], max_bar_size=36),
        rx.recharts.x_axis(data_key="name", tick_line=False, axis_line=False),
        rx.recharts.y_axis(allow_decimals=False, tick_line=False, axis_line=False, width=32),
        rx.recharts.cartesian_grid(vertical=False, stroke="var(--line)"),
        _tooltip(),
        data=data,
        width="100%",
        height=height,
        margin={"top": 8, "right": 8, "bottom": 0, "left": 0},
    )


def _tooltip() -> rx.Component:
    return rx.recharts.graphing_tooltip(
        content_style={
            "background": "var(--raised)",
            "border": "1px solid var(--line-strong)",
            "borderRadius": "8px",
            "fontSize": "13px",
        },
        item_style={"color": "var(--text)"},
        cursor={"fill": "var(--accent-soft)"},
    )
