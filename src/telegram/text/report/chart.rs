//! The picture of a report: created against closed, and the medians of response and resolution.
//!
//! Drawn as SVG by hand: bars on three axes need no chart library.

use std::fmt::Write as _;

use actors::domain::kpi::{Figures, Overview, Span, Times, Window};

use super::super::picture::png;
use super::super::scene::Scene;

/// Pixels across and down: what a phone shows sharply, and Telegram does not shrink.
const WIDTH: u32 = 1_280;
const HEIGHT: u32 = 1_420;

/// The left and right ends of the panels.
const LEFT: f64 = 100.0;
const RIGHT: f64 = 1_240.0;

/// How many labels fit below a panel.
const LABELS: usize = 8;

const INK: &str = "#1f2933";
const FAINT: &str = "#7b8794";
const CREATED: &str = "#e07a3f";
const CLOSED: &str = "#2f8f83";
const RESPONSE: &str = "#4a6fd0";
const RESOLUTION: &str = "#8a5bb8";
const IN_TIME: &str = "#5a9a3c";

/// A row of bars of one colour, with what it is called.
struct Series {
    called: String,
    colour: &'static str,
    values: Vec<Option<f64>>,
}

/// One set of axes.
struct Panel {
    top: f64,
    height: f64,
    series: Vec<Series>,
    unit: String,
    /// The value at the top, where that is given.
    most: Option<f64>,
}

/// The picture as PNG.
pub(super) fn picture(
    scene: &Scene<'_>,
    span: Span,
    overview: &Overview,
) -> Result<Vec<u8>, String> {
    png(&draw(scene, span, overview), (WIDTH, HEIGHT))
}

/// The picture as SVG.
pub(super) fn draw(scene: &Scene<'_>, span: Span, overview: &Overview) -> String {
    let labels: Vec<String> = overview
        .parts
        .iter()
        .map(|(part, _)| label(scene, span, *part))
        .collect();
    let mut svg = format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="DejaVu Sans" font-size="26"><rect width="100%" height="100%" fill="white"/>"#
    );
    if let Some(percent) = overview.whole.target_met() {
        let words = format!("{} {percent} %", word(scene, "chart-in-time"));
        text(&mut svg, (RIGHT, 60.0), ("end", INK), &words);
    }
    for panel in panels(scene, overview) {
        panel.draw(&mut svg, &labels);
    }
    svg.push_str("</svg>");
    svg
}

fn word(scene: &Scene<'_>, id: &str) -> String {
    scene.voice.plain().say(id, &[]).into_string()
}

fn panels(scene: &Scene<'_>, overview: &Overview) -> [Panel; 4] {
    let series = |id, colour, value: &dyn Fn(&Figures) -> Option<f64>| Series {
        called: word(scene, id),
        colour,
        values: overview.parts.iter().map(|(_, it)| value(it)).collect(),
    };
    let median = |times: Option<Times>, unit: f64| {
        let seconds = times?.median.num_seconds();
        Some(f64::from(i32::try_from(seconds).unwrap_or(i32::MAX)) / unit)
    };
    let created = |it: &Figures| Some(f64::from(it.created));
    let closed = |it: &Figures| Some(f64::from(it.closed));
    let response = |it: &Figures| median(it.response, 60.0);
    let resolution = |it: &Figures| median(it.resolution, 3_600.0);
    let in_time = |it: &Figures| it.target_met().map(f64::from);
    [
        Panel {
            top: 110.0,
            height: 320.0,
            series: vec![
                series("chart-created", CREATED, &created),
                series("chart-closed", CLOSED, &closed),
            ],
            unit: String::new(),
            most: None,
        },
        Panel {
            top: 550.0,
            height: 180.0,
            series: vec![series("chart-response", RESPONSE, &response)],
            unit: word(scene, "chart-minutes"),
            most: None,
        },
        Panel {
            top: 850.0,
            height: 180.0,
            series: vec![series("chart-resolution", RESOLUTION, &resolution)],
            unit: word(scene, "chart-hours"),
            most: None,
        },
        Panel {
            top: 1_150.0,
            height: 180.0,
            series: vec![series("chart-in-time", IN_TIME, &in_time)],
            unit: "%".to_owned(),
            most: Some(100.0),
        },
    ]
}

fn label(scene: &Scene<'_>, span: Span, part: Window) -> String {
    let local = part.from.with_timezone(&scene.voice.time_zone);
    let form = match span {
        Span::Day => "%H:%M",
        Span::Week | Span::Month => "%d.%m",
    };
    local.format(form).to_string()
}

impl Panel {
    fn draw(&self, svg: &mut String, labels: &[String]) {
        let bottom = self.top + self.height;
        let mut x = LEFT;
        for series in &self.series {
            let y = self.top - 50.0;
            rect(svg, (x, y), (24.0, 24.0), series.colour);
            let called = format!("{} {}", series.called, self.unit);
            text(svg, (x + 36.0, y + 21.0), ("start", INK), called.trim());
            x += 400.0;
        }
        let values = self.series.iter().flat_map(|it| it.values.iter().flatten());
        let top = self
            .most
            .unwrap_or_else(|| ceiling(values.fold(0.0, |most: f64, value| most.max(*value))));
        for (share, value) in [(0.0, 0.0), (0.5, top / 2.0), (1.0, top)] {
            let y = bottom - self.height * share;
            rect(svg, (LEFT, y), (RIGHT - LEFT, 1.5), "#d9dee4");
            text(svg, (LEFT - 14.0, y + 9.0), ("end", FAINT), &figure(value));
        }
        self.draw_bars(svg, labels, top);
    }

    fn draw_bars(&self, svg: &mut String, labels: &[String], top: f64) {
        let bottom = self.top + self.height;
        let Ok(count) = u16::try_from(labels.len().max(1)) else {
            return;
        };
        let slot = (RIGHT - LEFT) / f64::from(count);
        let every = labels.len().div_ceil(LABELS).max(1);
        for (place, (index, label)) in labels.iter().enumerate().map(at_slot(slot)) {
            if index % every == 0 {
                let middle = place + slot / 2.0;
                text(svg, (middle, bottom + 38.0), ("middle", FAINT), label);
            }
        }
        let shares = if self.series.len() > 1 { 2.0 } else { 1.0 };
        let width = slot * 0.7 / shares;
        let mut shift = slot * 0.15;
        for series in &self.series {
            for (place, (_, value)) in series.values.iter().enumerate().map(at_slot(slot)) {
                if let Some(value) = value.filter(|value| *value > 0.0) {
                    // What is there at all is to be seen.
                    let high = (self.height * value / top).max(3.0);
                    let corner = (place + shift, bottom - high);
                    rect(svg, corner, (width * 0.94, high), series.colour);
                }
            }
            shift += width;
        }
    }
}

/// Where the slot of each index begins.
fn at_slot<T>(slot: f64) -> impl Fn((usize, T)) -> (f64, (usize, T)) {
    move |(index, item)| {
        let number = u16::try_from(index).unwrap_or(u16::MAX);
        (LEFT + slot * f64::from(number), (index, item))
    }
}

/// The next round number: 2, 4, 10, 20, 40, 100...
fn ceiling(most: f64) -> f64 {
    let mut step = 1.0;
    loop {
        for round in [2.0, 4.0, 10.0] {
            if most <= round * step {
                return round * step;
            }
        }
        step *= 10.0;
        if !step.is_finite() {
            return most;
        }
    }
}

fn figure(value: f64) -> String {
    format!("{value:.0}")
}

fn rect(svg: &mut String, (x, y): (f64, f64), (width, height): (f64, f64), colour: &str) {
    // Writing into a string cannot fail.
    let _ = write!(
        svg,
        r#"<rect x="{x:.1}" y="{y:.1}" width="{width:.1}" height="{height:.1}" rx="2" fill="{colour}"/>"#
    );
}

/// Text of our own: nothing that people wrote comes here.
fn text(svg: &mut String, (x, y): (f64, f64), (anchor, colour): (&str, &str), words: &str) {
    let _ = write!(
        svg,
        r#"<text x="{x:.1}" y="{y:.1}" text-anchor="{anchor}" fill="{colour}">{words}</text>"#
    );
}
